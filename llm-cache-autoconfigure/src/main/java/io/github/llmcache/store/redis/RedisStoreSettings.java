package io.github.llmcache.store.redis;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.ScopeQuota;

/**
 * How a {@link RedisCacheStore} uses Redis.
 *
 * @param keyPrefix prefix of all keys; not blank, without braces, which would put all
 * keys into one slot of a cluster, and without the wildcards of key patterns
 * @param search where similar prompts are searched
 * @param quantization precision of the vectors in vector sets; existing sets stay as they
 * are
 * @param compressAbove payloads of more bytes are compressed; {@code null} for none
 * @param maxIndexBytes the highest estimated memory of all in-process indexes together,
 * in bytes; positive
 * @param maxUnpackedBytes payloads of more bytes are not compressed, and compressed ones
 * that would expand to more are not read; between 0 and {@link Integer#MAX_VALUE}
 * @param quota how much of all that one scope may have; the size of an entry is that of
 * prompt, payload, metadata and embedding
 * @param shards how many slots of a cluster a partition is spread over, between 1 and 16
 */
public record RedisStoreSettings(String keyPrefix, SearchMode search, Quantization quantization,
		@Nullable Long compressAbove, long maxIndexBytes, long maxUnpackedBytes, ScopeQuota quota, int shards) {

	/**
	 * The default settings.
	 */
	public static final RedisStoreSettings DEFAULT = new RedisStoreSettings("llm-cache", SearchMode.AUTO,
			Quantization.INT8, null, 256L << 20, 1L << 20, ScopeQuota.UNLIMITED, 1);

	/**
	 * The highest number of shards.
	 */
	public static final int MOST_SHARDS = RedisKeys.SLOTS;

	public RedisStoreSettings {
		if (!isKeyPrefix(keyPrefix)) {
			throw new IllegalArgumentException(
					"The key prefix '" + keyPrefix + "' must not be blank or contain any of {}*?[]\\");
		}
		if (maxIndexBytes < 1) {
			throw new IllegalArgumentException("The memory of indexes must be positive, not " + maxIndexBytes);
		}
		if (maxUnpackedBytes < 0 || maxUnpackedBytes > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("Payloads of " + maxUnpackedBytes + " bytes cannot be unpacked");
		}
		if (shards < 1 || shards > MOST_SHARDS) {
			throw new IllegalArgumentException(
					"The number of shards must be between 1 and " + MOST_SHARDS + ", not " + shards);
		}
	}

	/**
	 * Whether a text can be the prefix of all keys.
	 * @param text the text
	 * @return {@code true} if it is not blank and has neither braces nor wildcards
	 */
	public static boolean isKeyPrefix(String text) {
		return !text.isBlank() && text.chars().noneMatch((character) -> "{}*?[]\\".indexOf(character) >= 0);
	}

	public RedisStoreSettings withKeyPrefix(String keyPrefix) {
		return new RedisStoreSettings(keyPrefix, this.search, this.quantization, this.compressAbove, this.maxIndexBytes,
				this.maxUnpackedBytes, this.quota, this.shards);
	}

	public RedisStoreSettings withSearch(SearchMode search) {
		return new RedisStoreSettings(this.keyPrefix, search, this.quantization, this.compressAbove, this.maxIndexBytes,
				this.maxUnpackedBytes, this.quota, this.shards);
	}

	public RedisStoreSettings withQuantization(Quantization quantization) {
		return new RedisStoreSettings(this.keyPrefix, this.search, quantization, this.compressAbove, this.maxIndexBytes,
				this.maxUnpackedBytes, this.quota, this.shards);
	}

	public RedisStoreSettings withCompressAbove(@Nullable Long compressAbove) {
		return new RedisStoreSettings(this.keyPrefix, this.search, this.quantization, compressAbove, this.maxIndexBytes,
				this.maxUnpackedBytes, this.quota, this.shards);
	}

	public RedisStoreSettings withMaxIndexBytes(long maxIndexBytes) {
		return new RedisStoreSettings(this.keyPrefix, this.search, this.quantization, this.compressAbove, maxIndexBytes,
				this.maxUnpackedBytes, this.quota, this.shards);
	}

	public RedisStoreSettings withQuota(ScopeQuota quota) {
		return new RedisStoreSettings(this.keyPrefix, this.search, this.quantization, this.compressAbove,
				this.maxIndexBytes, this.maxUnpackedBytes, quota, this.shards);
	}

	public RedisStoreSettings withShards(int shards) {
		return new RedisStoreSettings(this.keyPrefix, this.search, this.quantization, this.compressAbove,
				this.maxIndexBytes, this.maxUnpackedBytes, this.quota, shards);
	}

}
