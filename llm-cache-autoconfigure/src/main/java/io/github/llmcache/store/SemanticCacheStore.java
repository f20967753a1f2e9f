package io.github.llmcache.store;

import java.util.List;

/**
 * A {@link CacheStore} that can also find entries by the similarity of their prompts.
 */
public interface SemanticCacheStore extends CacheStore {

	/**
	 * Find the entries of one partition whose prompts are most similar.
	 * @param partition the partition; the search never leaves it
	 * @param embedding the embedding of the incoming prompt, of length 1
	 * @param limit the highest number of candidates; positive
	 * @param minSimilarity the lowest cosine similarity, between -1 and 1, inclusive
	 * @return the entries found, most similar first; possibly empty. Expired entries that
	 * are still kept count towards the limit
	 */
	List<Candidate> findSimilar(Partition partition, float[] embedding, int limit, double minSimilarity);

	/**
	 * Put an entry into another group, because its answer says the same as the answers of
	 * that group. Nothing else of it changes, nor when it is removed.
	 * @param key the address
	 * @param group the group that the entry is in, so that an entry with another answer
	 * that was stored in its place is left alone
	 * @param newGroup the other group
	 * @param generation the generation that {@link #find} returned before the answer was
	 * loaded
	 * @return {@code false} if there is no such entry, or the partition's generation is
	 * another one by now; nothing was changed then
	 */
	boolean regroup(CacheKey key, String group, String newGroup, long generation);

}
