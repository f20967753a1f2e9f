package io.github.llmcache.store.redis;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * The indexes of the partitions that this instance uses, one for each of their shards,
 * bounded by memory over all of them: those of the partition that was used least recently
 * go first.
 */
final class LocalIndexes {

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	private final VectorIndexFactory factory;

	private final long maxBytes;

	private final Map<Partition, Held> indexes = new LinkedHashMap<>(16, 0.75f, true);

	private long bytes;

	private boolean warned;

	LocalIndexes(VectorIndexFactory factory, long maxBytes) {
		this.factory = factory;
		this.maxBytes = maxBytes;
	}

	synchronized @Nullable LocalIndex get(PartitionKeys shard) {
		Held held = this.indexes.get(shard.partition());
		return (held != null) ? held.shards.get(shard.slot()) : null;
	}

	synchronized LocalIndex getOrCreate(PartitionKeys shard, int dimensions) {
		return this.indexes.computeIfAbsent(shard.partition(), (key) -> new Held()).shards.computeIfAbsent(shard.slot(),
				(slot) -> new LocalIndex(this.factory.create(), dimensions));
	}

	/**
	 * Forget an index, unless the shard has another one by now.
	 */
	synchronized void drop(PartitionKeys shard, LocalIndex index) {
		Held held = this.indexes.get(shard.partition());
		if (held != null && held.shards.remove(shard.slot(), index)) {
			this.bytes += held.measure();
		}
	}

	/**
	 * Forget the indexes of some partitions.
	 */
	synchronized void forget(Predicate<Partition> forgotten) {
		this.indexes.entrySet().removeIf((held) -> {
			boolean removed = forgotten.test(held.getKey());
			this.bytes -= removed ? held.getValue().bytes : 0;
			return removed;
		});
	}

	/**
	 * Make room after an index has grown.
	 */
	synchronized void grown(PartitionKeys shard, LocalIndex index) {
		Held held = this.indexes.get(shard.partition());
		if (held == null || held.shards.get(shard.slot()) != index) {
			return;
		}
		this.bytes += held.measure();
		Iterator<Map.Entry<Partition, Held>> leastRecent = this.indexes.entrySet().iterator();
		while (this.bytes > this.maxBytes && this.indexes.size() > 1) {
			this.bytes -= leastRecent.next().getValue().bytes;
			leastRecent.remove();
		}
		if (this.bytes > this.maxBytes && !index.isFull()) {
			index.fill();
			warn(shard.partition());
		}
	}

	private void warn(Partition partition) {
		if (!this.warned) {
			this.warned = true;
			logger.warn("LlmCache: the in-process index of a partition of task '" + partition.task() + "' exceeds "
					+ this.maxBytes + " bytes and takes no more; raise llm-cache.redis.max-index-size");
		}
	}

	synchronized long bytes() {
		return this.bytes;
	}

	private static final class Held {

		private final Map<Integer, LocalIndex> shards = new HashMap<>();

		private long bytes;

		/**
		 * Measure the indexes again.
		 * @return how many bytes have been added
		 */
		long measure() {
			long before = this.bytes;
			this.bytes = this.shards.values().stream().mapToLong(LocalIndex::estimatedBytes).sum();
			return this.bytes - before;
		}

	}

}
