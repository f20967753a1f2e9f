package io.github.llmcache.event;

/**
 * Is notified of what the cache does, like every bean of this type.
 * <p>
 * Called by many threads at once: on the thread of the call, or on those of the cache for
 * methods that return a future or a reactive type. So it should be quick. What it throws
 * is logged once and otherwise ignored.
 */
public interface LlmCacheListener {

	/**
	 * Does nothing.
	 */
	LlmCacheListener NO_OP = new LlmCacheListener() {
	};

	/**
	 * A lookup ended. Unless it was a hit, the method runs next, or has already run if an
	 * answer beyond its TTL could have replaced its failure.
	 * @param event what was found
	 */
	default void onLookup(LookupEvent event) {
	}

	/**
	 * A call waited for another one with the same prompt.
	 * @param event how long
	 */
	default void onWait(WaitEvent event) {
	}

	/**
	 * The method ran.
	 * @param event how long it took
	 */
	default void onLoad(LoadEvent event) {
	}

	/**
	 * A loaded answer was stored, or was rejected.
	 * @param event which of the two
	 */
	default void onStore(StoreEvent event) {
	}

	/**
	 * Entries were removed.
	 * @param event how many and why
	 */
	default void onEviction(EvictionEvent event) {
	}

	/**
	 * The answer of a semantic hit was compared with that of the method. Called in the
	 * background.
	 * @param event how the comparison ended
	 */
	default void onAudit(AuditEvent event) {
	}

	/**
	 * A judge was asked, or could not be asked. Called on the thread of the judge, or on
	 * that of the call that waits for it.
	 * @param event what came of it
	 */
	default void onJudge(JudgeEvent event) {
	}

	/**
	 * A task serves more or less than before. Called in the background.
	 * @param event why
	 */
	default void onReliability(ReliabilityEvent event) {
	}

	/**
	 * Somebody said that an answer was right or wrong, and the cache has acted on it.
	 * @param event which of the two
	 */
	default void onFeedback(FeedbackEvent event) {
	}

	/**
	 * A part of the cache failed, and the call went on without it.
	 * @param event which part
	 */
	default void onFailure(FailureEvent event) {
	}

}
