package io.github.llmcache.store.redis;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * Reads entries out of replies, and removes those from the server that cannot be read.
 */
final class StoredEntries {

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final EntryFormat format;

	StoredEntries(RedisKeys keys, RedisScripts scripts, EntryFormat format) {
		this.keys = keys;
		this.scripts = scripts;
		this.format = format;
	}

	/**
	 * Read an entry from the server.
	 * @return the entry, without its embedding
	 */
	@Nullable CacheEntry read(CacheKey key) {
		PartitionKeys partition = this.keys.of(key.partition());
		return read(key, this.scripts
			.run(Script.ENTRIES, List.of(partition.state()), partition.entryPrefix(), RedisKeys.bytes(key.digest()))
			.requiredList(1)
			.list(0));
	}

	/**
	 * Read an entry.
	 * @param fields prompt, payload, metadata and group, or {@code null} if there is no
	 * entry
	 * @return the entry, without its embedding
	 */
	@Nullable CacheEntry read(CacheKey key, @Nullable Reply fields) {
		if (fields == null) {
			return null;
		}
		try {
			return this.format.decode(fields.requiredBytes(0), fields.requiredBytes(1), fields.requiredBytes(2),
					fields.bytes(3));
		}
		catch (RuntimeException ex) {
			logger.debug("An entry cannot be read and is removed: " + key, ex);
			remove(key);
			return null;
		}
	}

	void remove(CacheKey key) {
		PartitionKeys partition = this.keys.of(key.partition());
		this.scripts.run(Script.REMOVE, List.of(partition.entry(key.digest()), partition.expiries(),
				partition.additions(), partition.vectors()), RedisKeys.bytes(key.digest()));
	}

}
