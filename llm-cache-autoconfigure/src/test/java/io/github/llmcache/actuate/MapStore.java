package io.github.llmcache.actuate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.Partition;

/**
 * A store without generations and expiry, for one thread.
 */
class MapStore implements FeedbackStore {

	private final Map<CacheKey, CacheEntry> entries = new ConcurrentHashMap<>();

	private final Map<Partition, Set<String>> refusals = new HashMap<>();

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
	public void refuse(Partition partition, Set<String> newRefusals) {
		this.refusals.computeIfAbsent(partition, (key) -> new HashSet<>()).addAll(newRefusals);
	}

	@Override
	public Set<String> refusals(Partition partition) {
		return this.refusals.getOrDefault(partition, Set.of());
	}

	@Override
	public @Nullable Located locate(String task, String digest) {
		return this.entries.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().partition().task().equals(task))
			.filter((entry) -> entry.getKey().digest().equals(digest))
			.map((entry) -> new Located(entry.getKey(), entry.getValue()))
			.findFirst()
			.orElse(null);
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
