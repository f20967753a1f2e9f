package io.github.llmcache.store;

/**
 * Address of one entry.
 *
 * @param partition the partition that the entry belongs to
 * @param digest digest of the partition's id and the normalised prompt, in lower-case
 * hexadecimal digits; the same in every JVM and after every restart
 */
public record CacheKey(Partition partition, String digest) {

	@Override
	public String toString() {
		return this.partition + ":" + this.digest;
	}

}
