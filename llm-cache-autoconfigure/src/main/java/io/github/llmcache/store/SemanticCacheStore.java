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

}
