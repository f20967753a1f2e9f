package io.github.llmcache.store.redis;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.Partition;

/**
 * The indexes of the partitions that this instance uses, bounded by memory over all of
 * them: the one that was used least recently goes first.
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

	synchronized @Nullable LocalIndex get(Partition partition) {
		Held held = this.indexes.get(partition);
		return (held != null) ? held.index : null;
	}

	synchronized LocalIndex getOrCreate(Partition partition, int dimensions) {
		return this.indexes.computeIfAbsent(partition,
				(key) -> new Held(new LocalIndex(this.factory.create(), dimensions))).index;
	}

	/**
	 * Forget an index, unless the partition has another one by now.
	 */
	synchronized void drop(Partition partition, LocalIndex index) {
		Held held = this.indexes.get(partition);
		if (held != null && held.index == index) {
			this.indexes.remove(partition);
			this.bytes -= held.bytes;
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
	synchronized void grown(Partition partition, LocalIndex index) {
		Held held = this.indexes.get(partition);
		if (held == null || held.index != index) {
			return;
		}
		long now = index.estimatedBytes();
		this.bytes += now - held.bytes;
		held.bytes = now;
		Iterator<Map.Entry<Partition, Held>> leastRecent = this.indexes.entrySet().iterator();
		while (this.bytes > this.maxBytes && this.indexes.size() > 1) {
			this.bytes -= leastRecent.next().getValue().bytes;
			leastRecent.remove();
		}
		if (this.bytes > this.maxBytes && !index.isFull()) {
			index.fill();
			warn(partition);
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

		private final LocalIndex index;

		private long bytes;

		Held(LocalIndex index) {
			this.index = index;
		}

	}

}
