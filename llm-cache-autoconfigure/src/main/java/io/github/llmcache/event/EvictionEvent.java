package io.github.llmcache.event;

/**
 * Entries are gone.
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
	 * Why entries are gone.
	 */
	public enum Cause {

		/** Somebody evicted them. */
		EXPLICIT,

		/** Their TTL ran out, and the time for which they were kept beyond it. */
		EXPIRED,

		/** There was no more room. */
		CAPACITY

	}

}
