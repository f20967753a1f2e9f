package io.github.llmcache.feedback;

import org.jspecify.annotations.Nullable;

/**
 * Whether an answer that was served was right for the prompt that was asked.
 *
 * @param task the task
 * @param entryId identifies the entry whose answer was served, see
 * {@link io.github.llmcache.answer.CachedAnswer#entryId() CachedAnswer}
 * @param prompt the prompt that was asked. {@code null} stands for the prompts to which
 * this instance has served the entry lately, and for the one it was stored for
 * @param right whether the answer was right
 */
public record Feedback(String task, String entryId, @Nullable String prompt, boolean right) {

	/**
	 * Create a feedback.
	 * @throws IllegalArgumentException if task, id or prompt is blank
	 */
	public Feedback {
		if (task.isBlank() || entryId.isBlank() || (prompt != null && prompt.isBlank())) {
			throw new IllegalArgumentException("The task, the entry and the prompt of a feedback must not be blank");
		}
	}

	/**
	 * The answer was wrong.
	 * @param task the task
	 * @param entryId identifies the entry
	 * @return a feedback without the prompt
	 */
	public static Feedback wrong(String task, String entryId) {
		return new Feedback(task, entryId, null, false);
	}

	/**
	 * The answer was right.
	 * @param task the task
	 * @param entryId identifies the entry
	 * @return a feedback without the prompt
	 */
	public static Feedback right(String task, String entryId) {
		return new Feedback(task, entryId, null, true);
	}

	/**
	 * Add the prompt that the answer was served to.
	 * @param prompt the prompt, as it was asked
	 * @return a feedback with the prompt
	 */
	public Feedback withPrompt(@Nullable String prompt) {
		return new Feedback(this.task, this.entryId, prompt, this.right);
	}

	/**
	 * Without the prompt: prompts do not appear in log lines.
	 */
	@Override
	public String toString() {
		return "Feedback[task=" + this.task + ", entryId=" + this.entryId + ", right=" + this.right + "]";
	}

}
