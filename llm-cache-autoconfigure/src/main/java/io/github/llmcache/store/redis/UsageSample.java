package io.github.llmcache.store.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.llmcache.store.CacheStore.StoreUsage;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * Reports how much is stored, in a bounded number of round trips: of a task with many
 * partitions some are asked, and of each partition some entries are measured.
 */
final class UsageSample {

	/** How many partitions of a task are asked in each slot. */
	private static final int PARTITIONS = 10;

	private static final byte[] ENTRIES = RedisKeys.bytes("5");

	/**
	 * What the server needs for an entry beside its contents: key, hash, places in sorted
	 * sets. Measured with 200,000 entries and digests of 64 characters.
	 */
	private static final int OVERHEAD = 1_350;

	/** What a vector set needs for an element beside the vector, measured likewise. */
	private static final int VECTOR_OVERHEAD = 375;

	private final RedisScripts scripts;

	private final PartitionRegistry registry;

	private final Quantization quantization;

	UsageSample(RedisScripts scripts, PartitionRegistry registry, Quantization quantization) {
		this.scripts = scripts;
		this.registry = registry;
		this.quantization = quantization;
	}

	Map<String, StoreUsage> take() {
		Map<String, StoreUsage> usage = new HashMap<>();
		for (int slot = 0; slot < RedisKeys.SLOTS; slot++) {
			for (String task : this.registry.tasks(slot)) {
				usage.merge(task, usage(slot, task),
						(one, other) -> new StoreUsage(one.entries() + other.entries(), one.bytes() + other.bytes()));
			}
		}
		return usage;
	}

	private StoreUsage usage(int slot, String task) {
		PartitionRegistry.Sample sample = this.registry.sample(slot, task, PARTITIONS);
		long entries = 0;
		long bytes = 0;
		for (PartitionKeys partition : sample.partitions()) {
			StoreUsage one = usage(partition);
			entries += one.entries();
			bytes += one.bytes();
		}
		double factor = (double) sample.total() / Math.max(1, sample.partitions().size());
		return new StoreUsage(Math.round(entries * factor), Math.round(bytes * factor));
	}

	private StoreUsage usage(PartitionKeys partition) {
		Reply reply = this.scripts.run(Script.USAGE, List.of(partition.expiries(), partition.vectors()),
				partition.entryPrefix(), ENTRIES);
		long entries = reply.number(0);
		long measured = reply.number(1);
		long dimensions = reply.number(3);
		double contents = (measured > 0) ? (double) reply.number(2) / measured : 0;
		long vector = (dimensions > 0) ? VECTOR_OVERHEAD + dimensions * this.quantization.bytes() : 0;
		return new StoreUsage(entries, Math.round((OVERHEAD + contents + vector) * entries));
	}

}
