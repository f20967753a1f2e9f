package io.github.llmcache.store;

import org.jspecify.annotations.Nullable;

/**
 * Address of one entry.
 *
 * @param partition the partition that the entry belongs to
 * @param digest digest of the partition's id and the normalised prompt, in lower-case
 * hexadecimal digits; the same in every JVM and after every restart
 */
public record CacheKey(Partition partition, String digest) {

	/**
	 * By the digest first, which alone tells most keys apart.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof CacheKey key && this.digest.equals(key.digest)
				&& this.partition.equals(key.partition));
	}

	@Override
	public int hashCode() {
		return 31 * this.partition.hashCode() + this.digest.hashCode();
	}

	@Override
	public String toString() {
		return this.partition + ":" + this.digest;
	}

}
