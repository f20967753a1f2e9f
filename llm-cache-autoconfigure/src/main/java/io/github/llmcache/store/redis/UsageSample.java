package io.github.llmcache.store.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.llmcache.core.CacheStore.StoreUsage;
import io.github.llmcache.core.Partition;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * Tells how much is stored, in a bounded number of round trips: of a task with many
 * partitions some are asked, and of each partition some entries are measured.
 */
final class UsageSample {

	private static final int PARTITIONS = 100;

	private static final byte[] ENTRIES = RedisKeys.bytes("5");

	/**
	 * What the server needs for an entry beside its contents: key, hash, places in sorted
	 * sets. Measured on Redis 8 with digests of 64 characters.
	 */
	private static final int OVERHEAD = 900;

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final PartitionRegistry registry;

	UsageSample(RedisKeys keys, RedisScripts scripts, PartitionRegistry registry) {
		this.keys = keys;
		this.scripts = scripts;
		this.registry = registry;
	}

	Map<String, StoreUsage> take() {
		Map<String, StoreUsage> usage = new HashMap<>();
		for (String task : this.registry.tasks()) {
			PartitionRegistry.Sample sample = this.registry.sample(task, PARTITIONS);
			long entries = 0;
			long bytes = 0;
			for (Partition partition : sample.partitions()) {
				StoreUsage one = usage(this.keys.of(partition));
				entries += one.entries();
				bytes += one.bytes();
			}
			double factor = (double) sample.total() / Math.max(1, sample.partitions().size());
			usage.put(task, new StoreUsage(Math.round(entries * factor), Math.round(bytes * factor)));
		}
		return usage;
	}

	private StoreUsage usage(PartitionKeys partition) {
		Reply reply = this.scripts.run(Script.USAGE, List.of(partition.expiries()), partition.entryPrefix(), ENTRIES);
		long entries = reply.number(0);
		long measured = reply.number(1);
		return new StoreUsage(entries,
				(measured > 0) ? Math.round((OVERHEAD + (double) reply.number(2) / measured) * entries) : 0);
	}

}
