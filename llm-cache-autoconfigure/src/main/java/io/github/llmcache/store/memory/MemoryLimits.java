package io.github.llmcache.store.memory;

import io.github.llmcache.core.CacheEntry;

/**
 * How much a {@link MemoryCacheStore} keeps.
 *
 * @param maxEntries the highest number of entries; positive
 * @param maxBytes the highest estimated memory in bytes; at least {@code maxEntries}
 */
public record MemoryLimits(long maxEntries, long maxBytes) {

	/**
	 * Objects and pointers around an entry: key, map node, expiry and policy nodes, the
	 * digest's text, its place in the vector index. Rounded up from a heap histogram.
	 */
	private static final int OVERHEAD = 640;

	/**
	 * What the graph of a large index adds for each vector.
	 */
	private static final int GRAPH_OVERHEAD = 400;

	public MemoryLimits {
		if (maxEntries < 1) {
			throw new IllegalArgumentException("At least one entry has to fit, not " + maxEntries);
		}
		if (maxBytes < maxEntries) {
			throw new IllegalArgumentException(
					"The memory of " + maxBytes + " bytes is too small for " + maxEntries + " entries");
		}
	}

	/**
	 * The estimated memory of an entry, in bytes.
	 */
	static long bytesOf(CacheEntry entry) {
		float[] embedding = entry.embedding();
		return OVERHEAD + entry.payload().length + (long) Character.BYTES * entry.prompt().length()
				+ ((embedding != null) ? GRAPH_OVERHEAD + (long) Float.BYTES * embedding.length : 0);
	}

	/**
	 * What an entry counts, so that neither bound is exceeded.
	 */
	int weightOf(CacheEntry entry) {
		long minimum = (this.maxBytes + this.maxEntries - 1) / this.maxEntries;
		return (int) Math.min(Integer.MAX_VALUE, Math.max(minimum, bytesOf(entry)));
	}

}
