package io.github.llmcache.store.redis;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

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
import io.github.llmcache.store.redis.RedisScripts.Call;

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

	private final Sealing sealing;

	/** Addresses at which this instance has found what it cannot decrypt. */
	private final Set<CacheKey> unreadable = new LinkedHashSet<>();

	private final AtomicBoolean reported = new AtomicBoolean();

	StoredEntries(RedisKeys keys, RedisScripts scripts, EntryFormat format, Sealing sealing) {
		this.keys = keys;
		this.sealing = sealing;
		this.scripts = scripts;
		this.format = format;
	}

	/**
	 * Read an entry from the server.
	 * @return the entry, without its embedding
	 */
	@Nullable CacheEntry read(CacheKey key) {
		return read(key,
				this.scripts.runAll(Script.ENTRIES, List.of(call(this.keys.of(key), List.of(key.digest()))))
					.get(0)
					.requiredList(1)
					.list(0));
	}

	/**
	 * How a script is called that reads entries of a shard.
	 */
	Call call(PartitionKeys shard, List<String> digests) {
		List<byte[]> shardKeys = new ArrayList<>(List.of(shard.state()));
		List<byte[]> arguments = new ArrayList<>(
				List.of(shard.entryPrefix(), RedisKeys.bytes(Integer.toString(digests.size()))));
		digests.forEach((digest) -> arguments.add(RedisKeys.bytes(digest)));
		addRegistration(shard, shardKeys, arguments);
		return new Call(shardKeys, arguments.toArray(byte[][]::new));
	}

	/**
	 * Have a script find nothing that an eviction would not find. If there are no shards,
	 * the lookup before it has seen to that.
	 */
	void addRegistration(PartitionKeys shard, List<byte[]> shardKeys, List<byte[]> arguments) {
		if (this.keys.isSharded()) {
			shardKeys.add(shard.partitions());
			shardKeys.add(shard.tasks());
			arguments.add(RegisteredPartition.of(shard.partition(), this.sealing).encode());
			arguments.add(RedisKeys.bytes(shard.partition().task()));
		}
	}

	/**
	 * Read the embedding of an addition.
	 * @return {@code null} if it cannot be read, or no lookup would find its entry
	 */
	byte @Nullable [] embedding(PartitionKeys shard, String digest, byte[] stored) {
		CacheKey key = new CacheKey(shard.partition(), digest);
		return this.keys.isInPlace(key, shard) ? this.format.openEmbedding(key, stored) : null;
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
		remove(this.keys.of(key), key.digest());
	}

	void remove(PartitionKeys shard, String digest) {
		this.scripts.run(Script.REMOVE,
				List.of(shard.entry(digest), shard.expiries(), shard.additions(), shard.vectors()),
				RedisKeys.bytes(digest));
	}

	/**
	 * List entries of a partition by the time of their removal, which is a position that
	 * outlives the server. Each round trip reads a bounded number of them, so that the
	 * server is never busy for long. Of shards, nothing is listed that comes after what
	 * another one has not reported yet.
	 */
	EntryPage page(Partition partition, @Nullable String after, int limit, boolean embeddings) {
		Position position = Position.of(after);
		List<PartitionKeys> shards = this.keys.shards(partition);
		int most = Math.min(PAGE, limit);
		List<Reply> replies = this.scripts.runAll(Script.LIST,
				shards.stream()
					.map((shard) -> new Call(List.of(shard.state(), shard.expiries(), shard.vectors()),
							RedisKeys.bytes(Long.toString(position.removal())), RedisKeys.bytes(position.digest()),
							RedisKeys.bytes(Integer.toString(most)), shard.entryPrefix(),
							RedisKeys.bytes(embeddings ? "1" : "")))
					.toList());
		Position reported = replies.stream()
			.filter((reply) -> reply.bytes(1) != null)
			.map((reply) -> Position.of(reply.text(1)))
			.min(Comparator.naturalOrder())
			.orElse(Position.END);
		TreeMap<Position, Reply> listed = new TreeMap<>();
		for (int i = 0; i < shards.size(); i++) {
			Reply inShard = replies.get(i).requiredList(0);
			for (int j = 0; j < inShard.size(); j++) {
				Reply one = inShard.requiredList(j);
				if (this.keys.isInPlace(new CacheKey(partition, one.text(0)), shards.get(i))) {
					listed.put(new Position(one.number(6), one.text(0)), one);
				}
			}
		}
		listed.tailMap(reported, false).clear();
		while (listed.size() > most) {
			listed.pollLastEntry();
			reported = listed.lastKey();
		}
		return new EntryPage(listed.values().stream().flatMap((one) -> read(partition, one)).toList(), reported.next());
	}

	private Stream<KeptEntry> read(Partition partition, Reply one) {
		CacheKey key = new CacheKey(partition, one.text(0));
		CacheEntry entry = read(key, one.requiredList(1));
		return (entry != null) ? Stream.of(new KeptEntry(key, entry.withEmbedding(vector(key, one)))) : Stream.empty();
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

	/**
	 * A place in the order of entries.
	 *
	 * @param removal when the entry there is removed
	 * @param digest its digest
	 */
	private record Position(long removal, String digest) implements Comparable<Position> {

		static final Position END = new Position(Long.MAX_VALUE, "");

		static Position of(@Nullable String text) {
			int separator = (text != null) ? text.indexOf('-') : -1;
			try {
				return (text == null) ? new Position(0, "")
						: new Position(Long.parseLong(text, 0, separator, 10), text.substring(separator + 1));
			}
			catch (NumberFormatException | IndexOutOfBoundsException ex) {
				throw new IllegalArgumentException("The position of an entry cannot be read", ex);
			}
		}

		/**
		 * Where the next page begins.
		 */
		@Nullable String next() {
			return equals(END) ? null : this.removal + "-" + this.digest;
		}

		@Override
		public int compareTo(Position other) {
			return (this.removal != other.removal) ? Long.compare(this.removal, other.removal)
					: this.digest.compareTo(other.digest);
		}

	}

}
