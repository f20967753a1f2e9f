package io.github.llmcache.answer;

/**
 * Judges whether two answers say the same thing thing, so that either may be served for
 * both prompts.
 * <p>
 * Called in the background by several threads, but not for answers whose payloads are
 * equal. It may be slow: a judge model is a good implementation. It may throw any
 * unchecked exception; nothing is learned then.
 */
@FunctionalInterface
public interface AnswerEquivalence {

	/**
	 * Judge two answers. If you cannot tell, say so: these verdicts decide whether a task
	 * serves more, or is suspended.
	 * @param comparison the answers and their prompts
	 * @return whether the cached answer would have been right
	 */
	Verdict judge(Comparison comparison);

	/**
	 * Two answers, each with the prompt that it was loaded for.
	 *
	 * @param task the task
	 * @param prompt the incoming prompt
	 * @param answer the answer that the method gave to this prompt
	 * @param cachedPrompt the prompt of the cached answer, another wording or another
	 * question
	 * @param cachedAnswer the answer that was, or would have been, served
	 */
	record Comparison(String task, String prompt, Object answer, String cachedPrompt, Object cachedAnswer) {

		/**
		 * The task only: prompts and answers do not appear in log lines.
		 */
		@Override
		public String toString() {
			return "Comparison[task=" + this.task + "]";
		}

	}

	/**
	 * Whether two answers say the same thing.
	 */
	enum Verdict {

		/** They do: the cached answer would have been right. */
		SAME,

		/** They do not: it would have been wrong. */
		DIFFERENT,

		/**
		 * It is not possible to tell. Nothing is learned, and the comparison is counted
		 * separately.
		 */
		UNKNOWN;

		/**
		 * The verdict of a judge that is never in doubt.
		 * @param same whether two answers say the same thing
		 * @return {@link #SAME} or {@link #DIFFERENT}
		 */
		public static Verdict of(boolean same) {
			return same ? SAME : DIFFERENT;
		}

	}

}
