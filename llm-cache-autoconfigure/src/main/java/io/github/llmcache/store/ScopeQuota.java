package io.github.llmcache.store;

import org.jspecify.annotations.Nullable;

/**
 * How much a store keeps of one scope, so that one tenant cannot push the others out.
 * What is beyond it goes: the oldest of the scope's own entries. Entries without a scope
 * are not limited.
 *
 * @param entries the highest number of entries of a scope; positive, or {@code null} for
 * any
 * @param bytes the highest estimated memory of a scope's entries in bytes, as the store
 * counts it; positive, or {@code null} for any
 */
public record ScopeQuota(@Nullable Long entries, @Nullable Long bytes) {

	/** As much as there is room for. */
	public static final ScopeQuota UNLIMITED = new ScopeQuota(null, null);

	public ScopeQuota {
		check(entries);
		check(bytes);
	}

	private static void check(@Nullable Long limit) {
		if (limit != null && limit < 1) {
			throw new IllegalArgumentException("A quota must be positive, not " + limit);
		}
	}

	/**
	 * Whether there is any limit.
	 * @return {@code false} if nothing has to be counted
	 */
	public boolean isLimited() {
		return this.entries != null || this.bytes != null;
	}

	/**
	 * Whether a scope has more than it may.
	 * @param usedEntries the number of its entries
	 * @param usedBytes what they take
	 * @return whether one of the limits is exceeded
	 */
	public boolean isExceeded(long usedEntries, long usedBytes) {
		return (this.entries != null && usedEntries > this.entries) || (this.bytes != null && usedBytes > this.bytes);
	}

}
