package io.github.llmcache.store.redis;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lettuce.core.cluster.SlotHash;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.platform.RecentValues;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;

/**
 * The names of keys. Partitions are spread over a fixed number of hash slots, each with
 * the registry of its own partitions: what is in one slot of a cluster is on one server,
 * and lost together or not at all. A task is written percent-encoded, so that it has
 * neither braces nor colons.
 * <p>
 * A partition lies in its home slot or, if it has shards, in as many slots, one of them
 * its home. The digest of an entry tells its shard.
 */
final class RedisKeys {

	/**
	 * Hash slots. An eviction asks each of them, and no cluster spreads a cache over more
	 * servers.
	 */
	static final int SLOTS = 16;

	/**
	 * Version of keys and of what is stored under them. Instances with different versions
	 * share nothing.
	 */
	private static final String LAYOUT = ":3:";

	private final String prefix;

	/** The slots that each shard may lie in. */
	private final List<List<Integer>> bands;

	RedisKeys(String keyPrefix, int shards) {
		this.prefix = keyPrefix + LAYOUT;
		this.bands = bands(shards);
	}

	/**
	 * Divide the slots by the hash of their tags, so that shards are as far apart as they
	 * can be: with up to 8 shards, each is in another part of a cluster, and the parts
	 * are of equal size. There are too few slots for more parts; then they are divided by
	 * their number.
	 */
	private static List<List<Integer>> bands(int shards) {
		List<Integer> slots = IntStream.range(0, SLOTS)
			.boxed()
			.sorted(Comparator.comparingInt(RedisKeys::hash))
			.toList();
		List<List<Integer>> bands = Stream.<List<Integer>>generate(ArrayList::new).limit(shards).toList();
		for (int slot = 0; slot < SLOTS; slot++) {
			int band = (shards <= SLOTS / 2) ? hash(slot) * shards / SlotHash.SLOT_COUNT
					: slots.indexOf(slot) * shards / SLOTS;
			bands.get(band).add(slot);
		}
		return bands;
	}

	private static int hash(int slot) {
		return SlotHash.getSlot(tag(slot));
	}

	/** Set of the tasks that have partitions in a slot. */
	byte[] tasks(int slot) {
		return tasks(slot(slot));
	}

	/**
	 * Sorted set of a task's partitions in a slot, by the time at which the last of it is
	 * gone.
	 */
	byte[] partitions(int slot, String task) {
		return partitions(slot(slot), encode(task));
	}

	/** Stream of what was observed about a task. */
	byte[] matchRecords(String task) {
		return bytes(this.prefix + '{' + encode(task) + "}:o");
	}

	/** Text: live settings of tasks. */
	byte[] settings() {
		return bytes(this.prefix + "{settings}:settings");
	}

	/** Sorted set of digests of scopes that were erased lately, by time. */
	byte[] erasures() {
		return bytes(this.prefix + "{settings}:erased");
	}

	/** What all keys of a slot begin with. */
	byte[] slotPrefix(int slot) {
		return bytes(slot(slot));
	}

	/** Sorted set of a scope's entries in a slot, by the time of their removal. */
	byte[] counted(int slot, String scopeDigest) {
		return bytes(slot(slot) + "quota:" + scopeDigest);
	}

	/** Hash: the bytes of these entries. */
	byte[] countedBytes(int slot, String scopeDigest) {
		return bytes(slot(slot) + "quota:" + scopeDigest + ":bytes");
	}

	/** A key that never exists, on which commands for vector sets are tried. */
	byte[] detection() {
		return bytes(this.prefix + "v");
	}

	/** Whether partitions have several shards. */
	boolean isSharded() {
		return this.bands.size() > 1;
	}

	/** The shard that an entry, its lease and the alias of its wording are in. */
	PartitionKeys of(CacheKey key) {
		return of(key.partition(), slotOf(key));
	}

	/** What of a partition is in a slot. */
	PartitionKeys of(Partition partition, int slot) {
		return new PartitionKeys(partition, slot, slot(slot),
				slot(slot) + encode(partition.task()) + ':' + encode(partition.id()));
	}

	/** The home of a partition. */
	PartitionKeys home(Partition partition) {
		return of(partition, slotOf(partition.id()));
	}

	/** All shards of a partition. */
	List<PartitionKeys> shards(Partition partition) {
		return IntStream.range(0, this.bands.size())
			.map((shard) -> slotOf(partition, shard))
			.sorted()
			.mapToObj((slot) -> of(partition, slot))
			.toList();
	}

	/**
	 * Whether a slot is that of a shard, and not only was with another number of them.
	 */
	boolean isShard(Partition partition, int slot) {
		return IntStream.range(0, this.bands.size()).anyMatch((shard) -> slotOf(partition, shard) == slot);
	}

	/** Whether an entry is where a lookup finds it. */
	boolean isInPlace(CacheKey key, PartitionKeys shard) {
		return slotOf(key) == shard.slot();
	}

	/** The slot of a shard: the home of the partition, if that may be one. */
	private int slotOf(Partition partition, int shard) {
		List<Integer> band = this.bands.get(shard);
		int home = slotOf(partition.id());
		return band.contains(home) ? home : band.get(home % band.size());
	}

	/** The slot of an entry. */
	int slotOf(CacheKey key) {
		return slotOf(key.partition(), Math.floorMod(key.digest().hashCode(), this.bands.size()));
	}

	static int slotOf(String id) {
		return Math.floorMod(id.hashCode(), SLOTS);
	}

	private static String tag(int slot) {
		return Integer.toHexString(slot);
	}

	private String slot(int slot) {
		return this.prefix + '{' + tag(slot) + "}:";
	}

	private static byte[] tasks(String slot) {
		return bytes(slot + "tasks");
	}

	private static byte[] partitions(String slot, String task) {
		return bytes(slot + task + ":p");
	}

	static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A");
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The keys of a partition in one slot, and of the registry there.
	 */
	record PartitionKeys(Partition partition, int slot, String slotPrefix, String tagged) {

		/** Set: the tasks of the slot. */
		byte[] tasks() {
			return RedisKeys.tasks(this.slotPrefix);
		}

		/** Sorted set: the task's partitions in the slot. */
		byte[] partitions() {
			return RedisKeys.partitions(this.slotPrefix, encode(this.partition.task()));
		}

		/** Hash: generation, generation of the last complete eviction, sequence. */
		byte[] state() {
			return bytes(this.tagged + ":g");
		}

		/** Hash: an entry. */
		byte[] entry(String digest) {
			return bytes(this.tagged + ":e:" + digest);
		}

		/** Text: which entry was served to a wording that has none of its own. */
		byte[] alias(String digest) {
			return bytes(this.tagged + ":w:" + digest);
		}

		/** What all aliases' keys begin with. */
		byte[] aliasPrefix() {
			return bytes(this.tagged + ":w:");
		}

		/**
		 * Sorted set of the wordings here whose entries are in other shards, by time of
		 * removal.
		 */
		byte[] distantAliases() {
			return bytes(this.tagged + ":d");
		}

		/** Text: who loads the entry, under which generation. */
		byte[] lease(String digest) {
			return bytes(this.tagged + ":l:" + digest);
		}

		/** What all entries' keys begin with. */
		byte[] entryPrefix() {
			return bytes(this.tagged + ":e:");
		}

		/** Sorted set of the entries' digests, by time of removal. */
		byte[] expiries() {
			return bytes(this.tagged + ":x");
		}

		/**
		 * Sorted set of the digests of entries with an embedding, in order of insertion.
		 */
		byte[] additions() {
			return bytes(this.tagged + ":a");
		}

		/** Vector set, its elements are digests. */
		byte[] vectors() {
			return bytes(this.tagged + ":v");
		}

		/** Sorted set of what is refused, by version. */
		byte[] refusals() {
			return bytes(this.tagged + ":n");
		}

		/** Sorted set: which scopes have an answer, by when that is over. */
		byte[] voices(String digest) {
			return bytes(this.tagged + ":s:" + digest);
		}

		/** Sorted set: where the voices of the partition's scope are. */
		byte[] vouched() {
			return bytes(this.tagged + ":y");
		}

	}

	/**
	 * What lookups in the same shard have in common, made once while the shard is looked
	 * in again and again: the names of its keys, and what it is registered as, which
	 * takes a digest of the scope.
	 */
	static final class LookupPlaces {

		private static final int RECENT = 256;

		private final RedisKeys keys;

		private final Sealing sealing;

		private final RecentValues<Shard, Place> recent = new RecentValues<>(RECENT);

		LookupPlaces(RedisKeys keys, Sealing sealing) {
			this.keys = keys;
			this.sealing = sealing;
		}

		/** The place of the shard that an entry is in. */
		Place of(CacheKey key) {
			Partition partition = key.partition();
			return this.recent.computeIfAbsent(new Shard(this.keys.slotOf(key), partition.id(), partition.task(),
					partition.model(), partition.template(), partition.scope()),
					(shard) -> place(partition, shard.slot()));
		}

		private Place place(Partition partition, int slot) {
			PartitionKeys shard = this.keys.of(partition, slot);
			return new Place(shard, shard.state(), shard.additions(), shard.vectors(), shard.partitions(),
					shard.tasks(), shard.refusals(), shard.entryPrefix(),
					RegisteredPartition.of(partition, this.sealing).encode(), RedisKeys.bytes(partition.task()));
		}

		/**
		 * All that is known of a partition, which may be less than it was called with:
		 * those are equal, and registered differently.
		 */
		private record Shard(int slot, String id, String task, @Nullable String model, @Nullable String template,
				@Nullable String scope) {

		}

		/**
		 * Where and as what to look. Nobody changes the arrays.
		 */
		record Place(PartitionKeys shard, byte[] state, byte[] additions, byte[] vectors, byte[] partitions,
				byte[] tasks, byte[] refusals, byte[] entryPrefix, byte[] registered, byte[] task) {

			/** The keys of the script that looks up an entry. */
			List<byte[]> keys(String digest) {
				return List.of(this.state, this.shard.entry(digest), this.additions, this.vectors, this.partitions,
						this.tasks, this.refusals, this.shard.alias(digest));
			}

		}

	}

}
