package io.github.llmcache.event;

/**
 * A part of the cache failed, and the call went on without it.
 *
 * @param task the task
 * @param part the part
 * @param cause what it threw; its message may quote prompts or answers
 */
public record FailureEvent(String task, Part part, Throwable cause) implements LlmCacheEvent {

	@Override
	public void notifyListener(LlmCacheListener listener) {
		listener.onFailure(this);
	}

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

		/** The {@link io.github.llmcache.key.PromptKeyGenerator PromptKeyGenerator}. */
		KEY,

		/** The {@link io.github.llmcache.store.CacheStore CacheStore}. */
		STORE,

		/** The {@link io.github.llmcache.embedding.TextEmbedder TextEmbedder}. */
		EMBEDDER,

		/** The {@link io.github.llmcache.verify.MatchVerifier MatchVerifier}. */
		VERIFIER,

		/** The {@link io.github.llmcache.codec.PayloadCodec PayloadCodec}. */
		CODEC,

		/**
		 * The {@link io.github.llmcache.answer.AdmissionPolicy AdmissionPolicy}, or the
		 * veto of the call.
		 */
		ADMISSION,

		/** The {@link io.github.llmcache.judge.EquivalenceJudge EquivalenceJudge}. */
		JUDGE,

		/**
		 * A {@link io.github.llmcache.cost.UsageSource UsageSource}, or the
		 * {@link io.github.llmcache.cost.TokenCounter TokenCounter}.
		 */
		USAGE,

		/** The comparison of answers, or the method when it runs for one. */
		AUDIT,

		/** The method when it runs in the background for a newer answer. */
		REFRESH,

		/** What turns a method call into a request: an expression of an annotation. */
		EXPRESSION

	}

}
