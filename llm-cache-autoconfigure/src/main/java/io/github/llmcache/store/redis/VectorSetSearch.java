package io.github.llmcache.store.redis;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.LocalIndex.Additions;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;
import io.github.llmcache.store.redis.RedisScripts.Call;

/**
 * Searches on the server, by a vector set for each partition, or for each of its shards.
 * One script finds the nearest vectors and reads their entries, in one round trip; shards
 * are searched at once.
 */
final class VectorSetSearch implements SimilaritySearch {

	/** How often a search is repeated when everything that it found is gone. */
	private static final byte[] MAX_SEARCHES = RedisKeys.bytes("3");

	/**
	 * How many nodes of the graph a search keeps, {@code EF}: with 100, it finds 98 % of
	 * the ten nearest of 200,000, with 200, 99 % in twice the time (measured, see the
	 * README of the benchmarks).
	 */
	private static final byte[] EFFORT = RedisKeys.bytes("100");

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final StoredEntries entries;

	private final Quantization quantization;

	VectorSetSearch(RedisKeys keys, RedisScripts scripts, StoredEntries entries, Quantization quantization) {
		this.keys = keys;
		this.scripts = scripts;
		this.entries = entries;
		this.quantization = quantization;
	}

	@Override
	public Quantization quantization() {
		return this.quantization;
	}

	@Override
	public LocalIndex.@Nullable Position position(PartitionKeys shard) {
		return null;
	}

	@Override
	public void lookedUp(PartitionKeys shard, long epoch, @Nullable Additions additions) {
	}

	@Override
	public void stored(PartitionKeys shard, String digest, float @Nullable [] embedding, long sequence) {
	}

	@Override
	public List<Candidate> find(Partition partition, float[] embedding, int limit, double minSimilarity) {
		List<PartitionKeys> shards = this.keys.shards(partition);
		List<Reply> replies = this.scripts.runAll(Script.SIMILAR,
				shards.stream().map((shard) -> call(shard, embedding, limit, minSimilarity)).toList());
		List<Candidate> candidates = new ArrayList<>(limit);
		for (int i = 0; i < shards.size(); i++) {
			read(shards.get(i), replies.get(i), candidates);
		}
		return SimilaritySearch.nearest(candidates, limit);
	}

	private Call call(PartitionKeys shard, float[] embedding, int limit, double minSimilarity) {
		List<byte[]> arguments = new ArrayList<>(List.of(EntryFormat.bytes(embedding),
				RedisKeys.bytes(Integer.toString(limit)), RedisKeys.bytes(Double.toString(score(minSimilarity))),
				EFFORT, shard.entryPrefix(), MAX_SEARCHES));
		List<byte[]> shardKeys = new ArrayList<>(
				List.of(shard.state(), shard.expiries(), shard.additions(), shard.vectors()));
		this.entries.addRegistration(shard, shardKeys, arguments);
		return new Call(shardKeys, arguments.toArray(byte[][]::new));
	}

	private void read(PartitionKeys shard, Reply found, List<Candidate> candidates) {
		for (int i = 0; i < found.size(); i++) {
			Reply candidate = found.requiredList(i);
			CacheKey key = new CacheKey(shard.partition(), candidate.text(0));
			CacheEntry entry = this.keys.isInPlace(key, shard) ? this.entries.read(key, candidate.list(2)) : null;
			if (entry != null) {
				candidates.add(new Candidate(key, entry, similarity(Double.parseDouble(candidate.text(1)))));
			}
		}
	}

	/**
	 * Vector sets report the cosine similarity as a score between 0 and 1.
	 */
	private static double similarity(double score) {
		return 2 * score - 1;
	}

	private static double score(double similarity) {
		return (similarity + 1) / 2;
	}

}
