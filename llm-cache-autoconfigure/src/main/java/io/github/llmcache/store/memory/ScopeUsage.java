package io.github.llmcache.store.memory;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.ScopeQuota;

/**
 * The entries of one scope in the order in which they were stored, and what they take. An
 * entry is added before it can be found and removed after that, so that none is counted
 * that is gone.
 */
final class ScopeUsage {

	private final ScopeQuota quota;

	private final Map<CacheKey, CacheEntry> oldestFirst = new LinkedHashMap<>();

	private long bytes;

	ScopeUsage(ScopeQuota quota) {
		this.quota = quota;
	}

	synchronized void add(CacheKey key, CacheEntry entry) {
		CacheEntry previous = this.oldestFirst.remove(key);
		this.oldestFirst.put(key, entry);
		this.bytes += MemoryLimits.bytesOf(entry) - ((previous != null) ? MemoryLimits.bytesOf(previous) : 0);
	}

	/**
	 * Count an entry no more, unless another one was stored in its place.
	 */
	synchronized void remove(CacheKey key, CacheEntry entry) {
		if (this.oldestFirst.remove(key, entry)) {
			this.bytes -= MemoryLimits.bytesOf(entry);
		}
	}

	/**
	 * Count an entry in the place of one of the same size and age.
	 */
	synchronized void replace(CacheKey key, CacheEntry entry, CacheEntry replacement) {
		this.oldestFirst.replace(key, entry, replacement);
	}

	/**
	 * The entry that has to go next.
	 * @return {@code null} if the scope is within its quota
	 */
	synchronized Map.@Nullable Entry<CacheKey, CacheEntry> surplus() {
		if (!this.quota.isExceeded(this.oldestFirst.size(), this.bytes)) {
			return null;
		}
		return this.oldestFirst.entrySet().stream().findFirst().map(Map.Entry::copyOf).orElse(null);
	}

}
