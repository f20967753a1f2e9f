package io.github.llmcache.store.redis;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.github.llmcache.store.Partition;

/**
 * The names of keys. Partitions are spread over a fixed number of hash slots, each with
 * the registry of its own partitions: what is in one slot of a cluster is on one server,
 * and lost together or not at all. A task is written percent-encoded, so that it has
 * neither braces nor colons.
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

	RedisKeys(String keyPrefix) {
		this.prefix = keyPrefix + LAYOUT;
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

	PartitionKeys of(Partition partition) {
		return new PartitionKeys(slot(slotOf(partition.id())), encode(partition.task()), encode(partition.id()));
	}

	/** The slot of a partition. */
	static int slotOf(String id) {
		return Math.floorMod(id.hashCode(), SLOTS);
	}

	private String slot(int slot) {
		return this.prefix + '{' + Integer.toHexString(slot) + "}:";
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
	 * The keys of one partition, and of the registry in its slot.
	 */
	record PartitionKeys(String slot, String task, String id) {

		/** Set: the tasks of the slot. */
		byte[] tasks() {
			return RedisKeys.tasks(this.slot);
		}

		/** Sorted set: the task's partitions in the slot. */
		byte[] partitions() {
			return RedisKeys.partitions(this.slot, this.task);
		}

		/** Hash: generation, generation of the last complete eviction, sequence. */
		byte[] state() {
			return bytes(tagged() + ":g");
		}

		/** Hash: an entry. */
		byte[] entry(String digest) {
			return bytes(tagged() + ":e:" + digest);
		}

		/** Text: which entry was served to a wording that has none of its own. */
		byte[] alias(String digest) {
			return bytes(tagged() + ":w:" + digest);
		}

		/** What all aliases' keys begin with. */
		byte[] aliasPrefix() {
			return bytes(tagged() + ":w:");
		}

		/** Text: who loads the entry, under which generation. */
		byte[] lease(String digest) {
			return bytes(tagged() + ":l:" + digest);
		}

		/** What all entries' keys begin with. */
		byte[] entryPrefix() {
			return bytes(tagged() + ":e:");
		}

		/** Sorted set of the entries' digests, by time of removal. */
		byte[] expiries() {
			return bytes(tagged() + ":x");
		}

		/**
		 * Sorted set of the digests of entries with an embedding, in order of insertion.
		 */
		byte[] additions() {
			return bytes(tagged() + ":a");
		}

		/** Vector set, its elements are digests. */
		byte[] vectors() {
			return bytes(tagged() + ":v");
		}

		/** Sorted set of what is refused, by version. */
		byte[] refusals() {
			return bytes(tagged() + ":n");
		}

		/** Sorted set: which scopes have an answer, by when that is over. */
		byte[] voices(String digest) {
			return bytes(tagged() + ":s:" + digest);
		}

		/** Sorted set: where the voices of the partition's scope are. */
		byte[] vouched() {
			return bytes(tagged() + ":y");
		}

		private String tagged() {
			return this.slot + this.task + ':' + this.id;
		}

	}

}
