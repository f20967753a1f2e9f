package io.github.llmcache.store.redis;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.github.llmcache.core.Partition;

/**
 * The names of keys. All keys of a partition have the same hash tag, so that they are in
 * one slot of a cluster. A task is written percent-encoded, so that it has no braces.
 */
final class RedisKeys {

	/**
	 * Version of keys and of what is stored under them. Instances with another version do
	 * not meet.
	 */
	private static final String LAYOUT = ":1:";

	private final String prefix;

	RedisKeys(String keyPrefix) {
		this.prefix = keyPrefix + LAYOUT;
	}

	/** Set of all tasks. */
	byte[] tasks() {
		return bytes(this.prefix + "tasks");
	}

	/** Sorted set of a task's partitions, by the time at which the last of it is gone. */
	byte[] partitions(String task) {
		return bytes(this.prefix + '{' + encode(task) + "}:p");
	}

	/** Stream of what was observed about a task. */
	byte[] observations(String task) {
		return bytes(this.prefix + '{' + encode(task) + "}:o");
	}

	/** Never there; commands for vector sets are tried on it. */
	byte[] detection() {
		return bytes(this.prefix + "v");
	}

	PartitionKeys of(Partition partition) {
		return new PartitionKeys(this.prefix + '{' + encode(partition.task()) + ':' + encode(partition.id()) + '}');
	}

	static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A");
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The keys of one partition.
	 */
	record PartitionKeys(String tagged) {

		/** Hash: generation, generation of the last complete invalidation, sequence. */
		byte[] state() {
			return bytes(this.tagged + ":g");
		}

		/** Hash: an entry. */
		byte[] entry(String digest) {
			return bytes(this.tagged + ":e:" + digest);
		}

		/** Text: who computes the entry, under which generation. */
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

	}

}
