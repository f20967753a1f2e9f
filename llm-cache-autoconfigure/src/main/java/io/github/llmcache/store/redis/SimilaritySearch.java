package io.github.llmcache.store.redis;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.LocalIndex.Additions;

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
	LocalIndex.@Nullable Position position(Partition partition);

	/**
	 * Learn from a lookup.
	 * @param epoch of the partition's index; another one after a complete eviction
	 * @param additions what was added, or {@code null} if that was not asked for
	 */
	void lookedUp(Partition partition, long epoch, @Nullable Additions additions);

	/**
	 * Learn that an entry was stored.
	 * @param embedding its embedding, or {@code null} if it has none
	 * @param sequence its place in the order of additions
	 */
	void stored(Partition partition, String digest, float @Nullable [] embedding, long sequence);

	/**
	 * Find live entries, most similar first.
	 */
	List<Candidate> find(Partition partition, float[] embedding, int limit, double minSimilarity);

}
