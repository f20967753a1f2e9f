package io.github.llmcache.store;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A {@link CacheStore} that keeps which answers were reported to be wrong for which
 * prompts, so that no instance serves them again.
 * <p>
 * What is refused is a short text, which only whoever decides about candidates
 * understands. It belongs to a partition, and an eviction does not remove it.
 */
public interface FeedbackStore extends CacheStore {

	/** How many refusals of a partition are kept. Of more, the latest are. */
	int MOST_REFUSALS = 1_000;

	/**
	 * Remember refusals.
	 * @param partition where they apply
	 * @param refusals what is refused: texts of at most 64 characters
	 */
	void refuse(Partition partition, Set<String> refusals);

	/**
	 * What is refused in a partition: at least what any instance had refused when this
	 * one looked for an entry of the partition last, by {@link #find}. Takes a round trip
	 * only if there is something new.
	 * @param partition the partition
	 * @return the refusals
	 */
	Set<String> refusals(Partition partition);

	/**
	 * Look for an entry of which only the digest is known. Asks for each partition of the
	 * task, so it is not for lookups.
	 * @param task the entry's task
	 * @param digest the {@linkplain CacheKey#digest() digest} of its key
	 * @return the entry, or {@code null} if there is none
	 */
	@Nullable Located locate(String task, String digest);

	/**
	 * What {@link #locate} found.
	 *
	 * @param key its address. Model, template and scope of the partition may be missing,
	 * so that it is not for {@link #find} or {@link #put}
	 * @param entry the entry
	 */
	record Located(CacheKey key, CacheEntry entry) {

	}

}
