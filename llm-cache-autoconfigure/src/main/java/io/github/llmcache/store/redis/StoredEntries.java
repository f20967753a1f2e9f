package io.github.llmcache.store.redis;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.encryption.SealedValueException;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EntryPage;
import io.github.llmcache.store.EntryPage.KeptEntry;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * Reads entries out of replies, and removes those from the server that cannot be read.
 */
final class StoredEntries {

	/**
	 * Kind of an embedding that the hash has, which may be encrypted; those of vector
	 * sets are not.
	 */
	private static final String OF_THE_HASH = "hash";

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	/**
	 * How many entries are read at once, which takes the server a few milliseconds,
	 * embeddings included.
	 */
	private static final int PAGE = 100;

	private static final int MOST_UNREADABLE = 1_000;

	/** The highest value of a byte in a vector set. */
	private static final float HIGHEST = 127;

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final EntryFormat format;

	/** Addresses at which this instance has found what it cannot decrypt. */
	private final Set<CacheKey> unreadable = new LinkedHashSet<>();

	private final AtomicBoolean reported = new AtomicBoolean();

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
			return this.format.decode(key, fields.requiredBytes(0), fields.requiredBytes(1), fields.requiredBytes(2),
					fields.bytes(3));
		}
		catch (SealedValueException ex) {
			// another instance may have the key, so that the entry stays
			notReadable(key, ex);
			return null;
		}
		catch (RuntimeException ex) {
			logger.debug("An entry cannot be read and is removed: " + key, ex);
			remove(key);
			return null;
		}
	}

	/**
	 * Whether an entry is in the way that this instance cannot decrypt.
	 */
	boolean isUnreadable(CacheKey key) {
		synchronized (this.unreadable) {
			return !this.unreadable.isEmpty() && this.unreadable.contains(key);
		}
	}

	private void notReadable(CacheKey key, SealedValueException failure) {
		synchronized (this.unreadable) {
			this.unreadable.add(key);
			if (this.unreadable.size() > MOST_UNREADABLE) {
				this.unreadable.remove(this.unreadable.iterator().next());
			}
		}
		if (this.reported.compareAndSet(false, true)) {
			logger.error("LlmCache: an entry on Redis cannot be decrypted, and is a miss like all others of its kind. "
					+ failure.getMessage()
					+ ". Give all instances the same llm-cache.encryption.keys.*, also those that"
					+ " entries were stored with before");
		}
	}

	void remove(CacheKey key) {
		PartitionKeys partition = this.keys.of(key.partition());
		this.scripts.run(Script.REMOVE, List.of(partition.entry(key.digest()), partition.expiries(),
				partition.additions(), partition.vectors()), RedisKeys.bytes(key.digest()));
	}

	/**
	 * List entries of a partition by the time of their removal, which is a position that
	 * outlives the server. Each round trip reads a bounded number of them, so that the
	 * server is never busy for long.
	 */
	EntryPage page(Partition partition, @Nullable String after, int limit, boolean embeddings) {
		PartitionKeys partitionKeys = this.keys.of(partition);
		int separator = (after != null) ? after.indexOf('-') : -1;
		if (after != null && separator < 1) {
			throw new IllegalArgumentException("The position of an entry cannot be read");
		}
		Reply reply = this.scripts.run(Script.LIST,
				List.of(partitionKeys.state(), partitionKeys.expiries(), partitionKeys.vectors()),
				RedisKeys.bytes((after != null) ? after.substring(0, separator) : "0"),
				RedisKeys.bytes((after != null) ? after.substring(separator + 1) : ""),
				RedisKeys.bytes(Integer.toString(Math.min(PAGE, limit))), partitionKeys.entryPrefix(),
				RedisKeys.bytes(embeddings ? "1" : ""));
		List<KeptEntry> found = new ArrayList<>();
		Reply listed = reply.requiredList(0);
		for (int i = 0; i < listed.size(); i++) {
			Reply one = listed.requiredList(i);
			CacheKey key = new CacheKey(partition, one.text(0));
			CacheEntry entry = read(key, one.requiredList(1));
			if (entry != null) {
				found.add(new KeptEntry(key, entry.withEmbedding(vector(key, one))));
			}
		}
		return new EntryPage(found, (reply.bytes(1) != null) ? reply.text(1) : null);
	}

	/**
	 * The embedding as the hash has it, or as the vector set does: numbers, or bytes of
	 * which 127 is the range.
	 */
	private float @Nullable [] vector(CacheKey key, Reply one) {
		byte[] stored = one.bytes(3);
		String kind = (stored != null) ? one.text(4) : "";
		byte[] bytes = (stored != null && kind.equals(OF_THE_HASH)) ? this.format.openEmbedding(key, stored) : stored;
		if (bytes == null) {
			return null;
		}
		if (kind.equals("int8") || kind.equals("q8")) {
			float[] vector = new float[bytes.length];
			float range = Float.parseFloat(one.text(5));
			for (int i = 0; i < bytes.length; i++) {
				vector[i] = bytes[i] * range / HIGHEST;
			}
			return unit(vector);
		}
		if (kind.equals(OF_THE_HASH) || kind.equals("f32") || kind.equals("fp32")) {
			float[] vector = new float[bytes.length / Float.BYTES];
			ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
			return unit(vector);
		}
		return null;
	}

	private static float @Nullable [] unit(float[] vector) {
		double squares = 0;
		for (float element : vector) {
			squares += element * element;
		}
		double length = Math.sqrt(squares);
		if (!(length > 0)) {
			return null;
		}
		for (int i = 0; i < vector.length; i++) {
			vector[i] /= (float) length;
		}
		return vector;
	}

}
