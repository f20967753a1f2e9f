package io.github.llmcache.store;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A {@link CacheStore} that shows what it keeps, to operators.
 * <p>
 * Nothing here is a use of an entry: neither does it stay longer for it, nor does a
 * partition begin. Partitions are given as the store knows them: model, template and
 * scope may be digests ({@code sha256:} and 64 hexadecimal digits). Such a partition is
 * for the methods of this interface only, not for {@link #find} and {@link #put}.
 */
public interface EntryStore extends CacheStore {

	/**
	 * The partitions that may have entries, page by page.
	 * @param selector selects partitions; tags and prompts do not count
	 * @param after the id of the last partition of the page before, or {@code null} to
	 * begin. The order is the store's own, and always the same
	 * @param limit the most partitions on a page; positive
	 * @return the next partitions; fewer than the limit on the last page
	 */
	List<Partition> partitions(EvictionSelector selector, @Nullable String after, int limit);

	/**
	 * Look an entry up, and leave no trace.
	 * @param key the address
	 * @return the entry, which may have expired if it has a retention, or {@code null} if
	 * none is kept
	 */
	@Nullable CacheEntry peek(CacheKey key);

	/**
	 * The entries of a partition, page by page, in the order in which they will be
	 * removed. An entry that is there from the first page to the last is on one of them;
	 * one that is stored again meanwhile may be on two. A page begins where the one
	 * before has ended, however long ago that was.
	 * @param partition the partition; only its id and task count
	 * @param after {@link EntryPage#next()} of the page before, or {@code null} to begin
	 * @param limit the most entries on a page; positive
	 * @param embeddings whether entries are wanted with their embeddings
	 * @return the next entries
	 */
	EntryPage entries(Partition partition, @Nullable String after, int limit, boolean embeddings);

	/**
	 * Store an entry that was stored before, here or elsewhere, for what is left of its
	 * time; otherwise as {@link #put} does.
	 * @param key the address; its partition may have digests in place of texts, as this
	 * interface gives them
	 * @param entry the entry, with the time at which it was first stored
	 * @param generation the generation that {@link #find} returned
	 * @param left how long it is kept from now on; positive
	 * @return {@code false} if the partition has another generation by now
	 * @throws IllegalArgumentException if this store has to know a text of which the
	 * partition has the digest
	 */
	boolean restore(CacheKey key, CacheEntry entry, long generation, Duration left);

}
