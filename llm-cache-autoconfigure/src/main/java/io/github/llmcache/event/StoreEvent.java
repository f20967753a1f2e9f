package io.github.llmcache.event;

import org.jspecify.annotations.Nullable;

/**
 * A loaded answer was stored, or was rejected.
 *
 * @param task the task
 * @param rejection why it was not stored: the admission policy's word, {@code unless},
 * {@code payload-too-large}, {@code payload-failure}, {@code evicted} (an eviction came
 * in between), {@code store-failure}; or {@code null} if it was stored
 */
public record StoreEvent(String task, @Nullable String rejection) implements LlmCacheEvent {

	@Override
	public void notifyListener(LlmCacheListener listener) {
		listener.onStore(this);
	}

	/**
	 * Whether the answer was stored.
	 * @return {@code true} if it was not rejected
	 */
	public boolean isStored() {
		return this.rejection == null;
	}

}
