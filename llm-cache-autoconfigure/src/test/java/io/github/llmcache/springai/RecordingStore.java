package io.github.llmcache.springai;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EvictionSelector;

/**
 * A store whose latest entry can be changed, as somebody else may do who shares it.
 */
final class RecordingStore implements CacheStore {

	private final CacheStore store;

	private @Nullable CacheKey key;

	private @Nullable CacheEntry entry;

	private long generation;

	RecordingStore(CacheStore store) {
		this.store = store;
	}

	/**
	 * Replace a text in the latest entry.
	 */
	void change(String from, String to) {
		String payload = new String(this.entry.payload(), StandardCharsets.UTF_8);
		String changed = payload.replace(from, to);
		if (changed.equals(payload)) {
			throw new IllegalArgumentException("The entry does not hold " + from);
		}
		this.store.put(this.key,
				new CacheEntry(this.entry.prompt(), changed.getBytes(StandardCharsets.UTF_8), this.entry.embedding(),
						this.entry.created(), this.entry.ttl(), this.entry.retention(), this.entry.loadTime(),
						this.entry.tags()),
				this.generation);
	}

	@Override
	public boolean put(CacheKey key, CacheEntry entry, long generation) {
		this.key = key;
		this.entry = entry;
		this.generation = generation;
		return this.store.put(key, entry, generation);
	}

	@Override
	public Finding find(CacheKey key) {
		return this.store.find(key);
	}

	@Override
	public void remove(CacheKey key) {
		this.store.remove(key);
	}

	@Override
	public long evict(EvictionSelector selector) {
		return this.store.evict(selector);
	}

	@Override
	public Map<String, StoreUsage> usage() {
		return this.store.usage();
	}

}
