package io.github.llmcache.store;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where entries live.
 * <p>
 * A store keeps an entry and returns it from lookups until {@link CacheEntry#removal()},
 * but never after an eviction. An entry with a retention has expired but is still kept
 * between {@link CacheEntry#expires()} and its removal; the engine decides by
 * {@code expires()} what may be served. An entry without a retention is gone when it
 * expires. Every partition has a generation, which an eviction raises <em>before</em> it
 * removes entries. {@link #put} compares generations and stores in one atomic step, so
 * that an answer whose load began before an eviction is never visible after it.
 * <p>
 * All methods are called by many threads at once. They may throw any unchecked exception:
 * the engine treats it as a failure of the cache, not of the call.
 */
public interface CacheStore {

	/**
	 * Look up an entry together with the generation of its partition, in one round trip.
	 * A store that spreads a partition may count generations in each part of it, so that
	 * a generation is good for the same address only.
	 * @param key the address
	 * @return the entry, if one is kept, and the generation
	 */
	Finding find(CacheKey key);

	/**
	 * Store an entry. It replaces the one at the same address, and no other.
	 * @param key the address
	 * @param entry the entry
	 * @param generation the generation that {@link #find} returned before the answer was
	 * loaded
	 * @return {@code false} if the partition has another generation by now; nothing is
	 * stored then
	 */
	boolean put(CacheKey key, CacheEntry entry, long generation);

	/**
	 * Remove an entry if it is there. The generation does not change.
	 * @param key the address
	 */
	void remove(CacheKey key);

	/**
	 * Evict all entries that match. A lookup that starts after this method has returned
	 * does not see them.
	 * @param selector what to evict
	 * @return the number of entries removed, including those kept beyond their TTL
	 */
	long evict(EvictionSelector selector);

	/**
	 * Report how much is stored.
	 * @return usage by task; tasks without entries may be missing
	 */
	Map<String, StoreUsage> usage();

	/**
	 * What {@link CacheStore#find} found.
	 *
	 * @param entry the entry, which may have expired if it has a retention, or
	 * {@code null} if none is kept
	 * @param generation the generation of the partition
	 * @param alias what the same prompt was served before, if there is no entry and the
	 * store is an {@link AliasStore} that knows
	 */
	record Finding(@Nullable CacheEntry entry, long generation, @Nullable Alias alias) {

		/**
		 * A finding without an alias.
		 * @param entry the entry, or {@code null} if none is kept
		 * @param generation the generation of the partition
		 */
		public Finding(@Nullable CacheEntry entry, long generation) {
			this(entry, generation, null);
		}

	}

	/**
	 * How much a task stores.
	 *
	 * @param entries number of entries, including those kept beyond their TTL and expired
	 * ones that are not yet removed
	 * @param bytes estimated memory in bytes, embeddings included
	 */
	record StoreUsage(long entries, long bytes) {

	}

}
