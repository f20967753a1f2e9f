package io.github.llmcache.store.redis;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.LocalIndex.Additions;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * Finds similar prompts: on the server or in this JVM.
 */
interface SimilaritySearch {

	/**
	 * How a vector set is to keep the vector of an entry that is stored; {@code null} if
	 * there are no vector sets, and the entry itself keeps it.
	 */
	@Nullable Quantization quantization();

	/**
	 * From where on a lookup should report additions, or {@code null} for none.
	 */
	LocalIndex.@Nullable Position position(PartitionKeys shard);

	/**
	 * Learn from a lookup.
	 * @param epoch of the partition's index; another one after a complete eviction
	 * @param additions what was added, or {@code null} if that was not asked for
	 */
	void lookedUp(PartitionKeys shard, long epoch, @Nullable Additions additions);

	/**
	 * Learn that an entry was stored.
	 * @param embedding its embedding, or {@code null} if it has none
	 * @param sequence its place in the order of additions
	 */
	void stored(PartitionKeys shard, String digest, float @Nullable [] embedding, long sequence);

	/**
	 * Find live entries of all shards, most similar first.
	 */
	List<Candidate> find(Partition partition, float[] embedding, int limit, double minSimilarity);

	/**
	 * The nearest of what shards have found.
	 */
	static List<Candidate> nearest(List<Candidate> candidates, int limit) {
		return candidates.stream()
			.sorted(Comparator.comparingDouble(Candidate::similarity).reversed())
			.limit(limit)
			.toList();
	}

}
