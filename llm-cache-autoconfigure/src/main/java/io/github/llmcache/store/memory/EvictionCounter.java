package io.github.llmcache.store.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.EvictionEvent.Cause;
import io.github.llmcache.event.LlmCacheListener;

/**
 * Counts evictions where they happen, under the locks of the store, and notifies the
 * listener later, where it may do what it likes.
 */
final class EvictionCounter {

	private final LlmCacheListener listener;

	private final Map<Key, Long> counts = new ConcurrentHashMap<>();

	EvictionCounter(LlmCacheListener listener) {
		this.listener = listener;
	}

	void count(String task, Cause cause) {
		this.counts.merge(new Key(task, cause), 1L, Long::sum);
	}

	void report() {
		for (Key key : this.counts.keySet()) {
			Long entries = this.counts.remove(key);
			if (entries != null) {
				this.listener.onEviction(new EvictionEvent(key.task(), key.cause(), entries));
			}
		}
	}

	private record Key(String task, Cause cause) {

	}

}
