package io.github.llmcache.explain;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;

/**
 * An entry that was found by its id.
 *
 * @param partition its partition
 * @param key where it is stored; its partition is for removing and reading it only, see
 * {@link io.github.llmcache.store.EntryStore EntryStore}
 * @param entry the entry
 */
public record KnownEntry(KnownPartition partition, CacheKey key, CacheEntry entry) {

}
