package io.github.llmcache.store.memory;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.ScopeQuota;

/**
 * How much a {@link MemoryCacheStore} keeps.
 *
 * @param maxEntries the highest number of entries; positive
 * @param maxBytes the highest estimated memory in bytes; at least {@code maxEntries}
 * @param quota how much of that one scope may have; counting takes about 100 bytes more
 * for each entry
 */
public record MemoryLimits(long maxEntries, long maxBytes, ScopeQuota quota) {

	/**
	 * Objects and pointers around an entry: key, map node, expiry and policy nodes, the
	 * digest's text, its group, its place in the vector index. Rounded up from a heap
	 * histogram.
	 */
	private static final int OVERHEAD = 704;

	/**
	 * What the graph of a large index adds for each vector. One that is not in the graph
	 * is copied to where it is scanned.
	 */
	private static final int GRAPH_OVERHEAD = 400;

	/** Objects and pointers around a tag. */
	private static final int TAG_OVERHEAD = 80;

	/**
	 * The state of a partition, with digests of its model, template and scope, its id,
	 * its maps and what an empty index takes. Rounded up from a heap histogram.
	 */
	private static final int PARTITION = 1_200;

	/** An alias with its digests and what was known when it was decided about. */
	private static final int ALIAS = 1_200;

	/** A voice with its digests, and its part of the key and the list. */
	private static final int VOICE = 800;

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
	 * Create limits without a quota for scopes.
	 * @param maxEntries the highest number of entries; positive
	 * @param maxBytes the highest estimated memory in bytes; at least {@code maxEntries}
	 */
	public MemoryLimits(long maxEntries, long maxBytes) {
		this(maxEntries, maxBytes, ScopeQuota.UNLIMITED);
	}

	/**
	 * The estimated memory of an entry, in bytes.
	 */
	static long bytesOf(CacheEntry entry) {
		float[] embedding = entry.embedding();
		long tags = entry.tags()
			.stream()
			.mapToLong((tag) -> TAG_OVERHEAD + (long) Character.BYTES * tag.length())
			.sum();
		return OVERHEAD + entry.payload().length + (long) Character.BYTES * entry.prompt().length() + tags
				+ ((embedding != null) ? bytesOf(embedding) : 0);
	}

	private static long bytesOf(float[] embedding) {
		long vector = (long) Float.BYTES * embedding.length;
		return vector + Math.max(GRAPH_OVERHEAD, vector);
	}

	/**
	 * The estimated memory of a partition beside its entries, in bytes.
	 */
	static long bytesOf(Partition partition) {
		return PARTITION + (long) Character.BYTES * partition.task().length();
	}

	/**
	 * What an entry counts, so that neither bound is exceeded. The entries of a partition
	 * share what the partition takes: twice, since some of them may go before others.
	 * @param partition the entry's partition
	 * @param size how many entries that has, this one included
	 */
	int weightOf(CacheEntry entry, Partition partition, int size) {
		long minimum = (this.maxBytes + this.maxEntries - 1) / this.maxEntries;
		long share = bytesOf(partition) * 2 / Math.max(2, size);
		return (int) Math.min(Integer.MAX_VALUE, Math.max(minimum, bytesOf(entry) + share));
	}

	/**
	 * How many partitions without entries may be kept: they take a tenth of the memory.
	 */
	long maxEmptyPartitions() {
		return Math.min(this.maxEntries, Math.max(1, this.maxBytes / 10 / PARTITION));
	}

	/**
	 * How many aliases may be kept: they take a tenth of the memory.
	 */
	long maxAliases() {
		return Math.max(1, this.maxBytes / 10 / ALIAS);
	}

	/**
	 * How many voices may be kept: they take a tenth of the memory.
	 */
	long maxVoices() {
		return Math.max(1, this.maxBytes / 10 / VOICE);
	}

}
