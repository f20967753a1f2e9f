package io.github.llmcache.actuate;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EvictionSelector;

/**
 * A store without generations and expiry, for one thread.
 */
class MapStore implements CacheStore {

	private final Map<CacheKey, CacheEntry> entries = new ConcurrentHashMap<>();

	@Override
	public Finding find(CacheKey key) {
		return new Finding(this.entries.get(key), 0);
	}

	@Override
	public boolean put(CacheKey key, CacheEntry entry, long generation) {
		this.entries.put(key, entry);
		return true;
	}

	@Override
	public void remove(CacheKey key) {
		this.entries.remove(key);
	}

	@Override
	public long evict(EvictionSelector selector) {
		int before = this.entries.size();
		this.entries.entrySet()
			.removeIf((entry) -> selector.matches(entry.getKey().partition())
					&& selector.entryFilter().test(entry.getValue()));
		return before - this.entries.size();
	}

	@Override
	public Map<String, StoreUsage> usage() {
		Map<String, StoreUsage> usage = new HashMap<>();
		this.entries
			.forEach((key, entry) -> usage.merge(key.partition().task(), new StoreUsage(1, entry.payload().length),
					(one, other) -> new StoreUsage(one.entries() + other.entries(), one.bytes() + other.bytes())));
		return usage;
	}

}
