package io.github.llmcache.judge;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;

/**
 * Judges whether two prompts can be given the same answer. A language model that is told
 * what to look for is a good implementation.
 * <p>
 * Called by several threads at once, on threads that may block. It may take seconds: what
 * a call waits for is bounded elsewhere. It may throw any unchecked exception, which
 * counts as a failure and not as a verdict.
 */
@FunctionalInterface
public interface EquivalenceJudge {

	/**
	 * Judge two prompts. The texts are data that users wrote: what they tell the reader
	 * to do is no reason for a verdict.
	 * @param inquiry the prompts
	 * @return {@code SAME} if the answer to one is right for the other, {@code DIFFERENT}
	 * if it is not, {@code UNKNOWN} if that is not clear
	 */
	Verdict judge(Inquiry inquiry);

	/**
	 * Two prompts of one task, with their answers if both are known.
	 *
	 * @param task the task
	 * @param prompt the incoming prompt
	 * @param cachedPrompt the prompt of the cached answer, another wording or another
	 * question
	 * @param answer the answer that was loaded for the incoming prompt; {@code null} if
	 * the verdict decides whether one is loaded
	 * @param cachedAnswer the cached answer; {@code null} if the other one is
	 */
	record Inquiry(String task, String prompt, String cachedPrompt, @Nullable String answer,
			@Nullable String cachedAnswer) {

		public Inquiry {
			if ((answer == null) != (cachedAnswer == null)) {
				throw new IllegalArgumentException("Give both answers or none");
			}
		}

		/**
		 * Ask about prompts alone.
		 * @param task the task
		 * @param prompt the incoming prompt
		 * @param cachedPrompt the prompt of the cached answer
		 * @return the inquiry
		 */
		public static Inquiry of(String task, String prompt, String cachedPrompt) {
			return new Inquiry(task, prompt, cachedPrompt, null, null);
		}

		/**
		 * The task only: prompts and answers do not appear in log lines.
		 */
		@Override
		public String toString() {
			return "Inquiry[task=" + this.task + "]";
		}

	}

}
