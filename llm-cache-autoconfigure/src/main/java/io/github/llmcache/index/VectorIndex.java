package io.github.llmcache.index;

import java.util.List;

/**
 * The vectors of one partition, searchable by cosine similarity.
 * <p>
 * Vectors are of length 1, which the caller sees to, so that the cosine is the dot
 * product; all vectors of one index have the same number of elements, which the first one
 * decides. The index refers to the arrays that it is given, and may copy some: nobody may
 * write to them later.
 * <p>
 * A search may miss a vector, but never returns one that was replaced or removed before
 * it started. All methods may be called by many threads at once. No method waits for a
 * search, and a search waits for nothing.
 */
public interface VectorIndex {

	/**
	 * Add a vector, or replace the one with the same id. Costs microseconds: what takes
	 * longer is left to the executor of the {@link VectorIndexFactory}. A search that
	 * runs at the same time sees the old vector, the new one or neither, never both.
	 * @param id the id
	 * @param vector the vector, of length 1; from now on read-only for everybody
	 * @throws IllegalArgumentException if the vector has another number of elements than
	 * those before it
	 */
	void put(String id, float[] vector);

	/**
	 * Remove a vector, if it is there.
	 * @param id the id
	 */
	void remove(String id);

	/**
	 * Find the vectors that are most similar.
	 * @param query a vector of length 1 with as many elements as those in the index
	 * @param limit the highest number of neighbours; positive. Meant to be small: 5, not
	 * 1,000
	 * @param minSimilarity the lowest cosine similarity, between -1 and 1, inclusive;
	 * similarities are computed in single precision, so leave room for 1e-6
	 * @return neighbours, most similar first, each id at most once; possibly empty
	 * @throws IllegalArgumentException if the limit is not positive or the query has
	 * another number of elements than the vectors
	 */
	List<Neighbour> search(float[] query, int limit, double minSimilarity);

	/**
	 * The number of vectors.
	 * @return zero or more
	 */
	int size();

	/**
	 * Estimate the memory that the index itself takes. The vectors are not counted, since
	 * they are the caller's arrays.
	 * @return bytes
	 */
	long estimatedBytes();

}
