package io.github.llmcache.core;

/**
 * A part of the cache failed, and the call went on without it.
 *
 * @param task the task
 * @param part the part
 * @param cause what it threw; its message may quote prompts or answers
 */
public record FailureEvent(String task, Part part, Throwable cause) {

	/**
	 * Task, part and type of the exception only.
	 */
	@Override
	public String toString() {
		return "FailureEvent[task=" + this.task + ", part=" + this.part + ", cause=" + this.cause.getClass().getName()
				+ "]";
	}

	/**
	 * The parts that can fail.
	 */
	public enum Part {

		/** The {@link PromptKeyGenerator}. */
		KEY,

		/** The {@link CacheStore}. */
		STORE,

		/** The {@link TextEmbedder}. */
		EMBEDDER,

		/** The {@link MatchVerifier}. */
		VERIFIER,

		/** The {@link PayloadCodec}. */
		CODEC,

		/** The {@link AdmissionPolicy}, or the veto of the call. */
		ADMISSION,

		/** The comparison of answers, or the method when it runs for one. */
		AUDIT,

		/** The method when it runs in the background for a newer answer. */
		REFRESH,

		/** What turns a method call into a request: an expression of an annotation. */
		EXPRESSION

	}

}
