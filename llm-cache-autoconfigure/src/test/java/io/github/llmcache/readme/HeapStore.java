package io.github.llmcache.readme;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.SemanticCacheStore;

/**
 * A store in a map.
 */
class HeapStore implements SemanticCacheStore {

	private final Map<CacheKey, CacheEntry> entries = new HashMap<>();

	private final Map<Partition, Long> generations = new HashMap<>();

	private final Clock clock;

	HeapStore(Clock clock) {
		this.clock = clock;
	}

	@Override
	public synchronized Finding find(CacheKey key) {
		CacheEntry entry = this.entries.get(key);
		boolean kept = entry != null && entry.isKept(this.clock.instant());
		return new Finding(kept ? entry : null, this.generations.computeIfAbsent(key.partition(), (partition) -> 0L));
	}

	@Override
	public synchronized boolean put(CacheKey key, CacheEntry entry, long generation) {
		if (generation != this.generations.getOrDefault(key.partition(), 0L)) {
			return false; // evicted while the answer was being loaded
		}
		this.entries.put(key, entry);
		return true;
	}

	@Override
	public synchronized void remove(CacheKey key) {
		this.entries.remove(key);
	}

	@Override
	public synchronized long evict(EvictionSelector selector) {
		this.generations
			.replaceAll((partition, generation) -> selector.matches(partition) ? generation + 1 : generation);
		List<CacheKey> evicted = kept().filter((entry) -> selector.matches(entry.getKey().partition()))
			.filter((entry) -> selector.entryFilter().test(entry.getValue()))
			.map(Map.Entry::getKey)
			.toList();
		evicted.forEach(this.entries::remove);
		return evicted.size();
	}

	@Override
	public synchronized List<Candidate> findSimilar(Partition partition, float[] embedding, int limit,
			double minSimilarity) {
		return kept().filter((entry) -> entry.getKey().partition().equals(partition))
			.filter((entry) -> entry.getValue().embedding() != null)
			.map((entry) -> new Candidate(entry.getKey(), entry.getValue(),
					TextEmbedder.similarity(embedding, entry.getValue().embedding())))
			.filter((candidate) -> candidate.similarity() >= minSimilarity)
			.sorted(Comparator.comparingDouble(Candidate::similarity).reversed())
			.limit(limit)
			.toList();
	}

	@Override
	public synchronized boolean regroup(CacheKey key, String group, String newGroup, long generation) {
		CacheEntry entry = find(key).entry();
		return entry != null && entry.group().equals(group) && put(key, entry.withGroup(newGroup), generation);
	}

	@Override
	public synchronized Map<String, StoreUsage> usage() {
		Map<String, StoreUsage> usage = new HashMap<>();
		kept().forEach((entry) -> usage.merge(entry.getKey().partition().task(),
				new StoreUsage(1, entry.getValue().payload().length),
				(one, other) -> new StoreUsage(one.entries() + other.entries(), one.bytes() + other.bytes())));
		return usage;
	}

	private Stream<Map.Entry<CacheKey, CacheEntry>> kept() {
		this.entries.values().removeIf((entry) -> !entry.isKept(this.clock.instant()));
		return this.entries.entrySet().stream();
	}

}
