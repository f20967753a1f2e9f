package io.github.llmcache.store;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A {@link CacheStore} that keeps which answers were reported to be wrong for which
 * prompts, so that no instance serves them again.
 * <p>
 * A refusal is a short text, which only the part that decides about candidates
 * understands. It belongs to a partition, and an eviction does not remove it.
 */
public interface FeedbackStore extends CacheStore {

	/** How many refusals of a partition are kept: the latest ones. */
	int MOST_REFUSALS = 1_000;

	/**
	 * Remember refusals.
	 * @param partition where they apply
	 * @param refusals what is refused: texts of at most 64 characters
	 */
	void refuse(Partition partition, Set<String> refusals);

	/**
	 * The refusals in a partition, at least those that any instance had made when this
	 * one last looked for an entry of the partition, by {@link #find}. Takes a round trip
	 * only if there is something new.
	 * @param partition the partition
	 * @return the refusals
	 */
	Set<String> refusals(Partition partition);

	/**
	 * Look for an entry by its digest alone. Asks for each partition of the task, so it
	 * is not for lookups.
	 * @param task the entry's task
	 * @param digest the {@linkplain CacheKey#digest() digest} of its key
	 * @return the entry, or {@code null} if there is none
	 */
	@Nullable Located locate(String task, String digest);

	/**
	 * What {@link #locate} found.
	 *
	 * @param key its address. Model, template and scope of the partition may be missing,
	 * so do not use it for {@link #find} or {@link #put}
	 * @param entry the entry
	 */
	record Located(CacheKey key, CacheEntry entry) {

	}

}
