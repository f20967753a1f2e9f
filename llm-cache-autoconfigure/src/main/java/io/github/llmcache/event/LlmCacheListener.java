package io.github.llmcache.event;

/**
 * Is notified of what the cache does, like every bean of this type.
 * <p>
 * Called on the thread of the call, or on those of the cache for methods that return a
 * future or a reactive type, by many threads at once, so it should be quick. What it
 * throws is logged once and otherwise ignored.
 */
public interface LlmCacheListener {

	/**
	 * Does nothing.
	 */
	LlmCacheListener NO_OP = new LlmCacheListener() {
	};

	/**
	 * A lookup ended. If it was no hit, the method runs next; or has run, if an answer
	 * beyond its TTL could have taken the place of its failure.
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
	 * An answer was stored, or was not.
	 * @param event which of both
	 */
	default void onStore(StoreEvent event) {
	}

	/**
	 * Entries are gone.
	 * @param event how many and why
	 */
	default void onEviction(EvictionEvent event) {
	}

	/**
	 * The answer of a semantic hit was compared with that of the method. Called in the
	 * background.
	 * @param event what came out
	 */
	default void onAudit(AuditEvent event) {
	}

	/**
	 * More or less is served of a task than before. Called in the background.
	 * @param event why
	 */
	default void onReliability(ReliabilityEvent event) {
	}

	/**
	 * A part of the cache failed, and the call went on without it.
	 * @param event which part
	 */
	default void onFailure(FailureEvent event) {
	}

}
