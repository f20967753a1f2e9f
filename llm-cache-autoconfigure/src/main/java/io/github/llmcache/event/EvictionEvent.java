package io.github.llmcache.event;

/**
 * Entries were removed.
 *
 * @param task the task
 * @param cause why
 * @param entries how many; positive
 */
public record EvictionEvent(String task, Cause cause, long entries) implements LlmCacheEvent {

	@Override
	public void notifyListener(LlmCacheListener listener) {
		listener.onEviction(this);
	}

	/**
	 * Why entries were removed.
	 */
	public enum Cause {

		/** They were evicted on request. */
		EXPLICIT,

		/** Their TTL, and the time for which they were kept beyond it, had passed. */
		EXPIRED,

		/** The store was full. */
		CAPACITY,

		/** Their scope had more than its quota. */
		QUOTA

	}

}
