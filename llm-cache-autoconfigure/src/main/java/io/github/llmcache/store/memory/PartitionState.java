package io.github.llmcache.store.memory;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.index.VectorIndex;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;

/**
 * One partition. Its entries here decide what is served; Caffeine, which holds them too,
 * decides what has to go. Caffeine's own view would not do: an entry that one thread is
 * removing is no longer seen by another's iteration, while a lookup still finds it. The
 * monitor makes comparing the generation and storing one step.
 */
final class PartitionState {

	private final Partition partition;

	private final VectorIndexFactory indexes;

	private final ConcurrentMap<String, CacheEntry> entries = new ConcurrentHashMap<>(4);

	private final AtomicLong bytes = new AtomicLong();

	/** Of its scope; none if that is not limited. */
	private final @Nullable ScopeUsage usage;

	private volatile long generation;

	private volatile @Nullable VectorIndex index;

	PartitionState(Partition partition, VectorIndexFactory indexes, @Nullable ScopeUsage usage, long generation) {
		this.partition = partition;
		this.indexes = indexes;
		this.usage = usage;
		this.generation = generation;
	}

	Partition partition() {
		return this.partition;
	}

	long generation() {
		return this.generation;
	}

	/**
	 * Raise the generation: from now on, answers loaded before are not stored.
	 */
	synchronized void evict(long newGeneration, boolean dropIndex) {
		this.generation = newGeneration;
		if (dropIndex) {
			this.index = null;
		}
	}

	@Nullable VectorIndex index() {
		return this.index;
	}

	/**
	 * Note where the entry's vector is. Called with the monitor held.
	 */
	void index(String digest, CacheEntry entry) {
		float[] embedding = entry.embedding();
		if (embedding == null) {
			removeFromIndex(digest);
			return;
		}
		VectorIndex current = this.index;
		if (current == null) {
			current = this.indexes.create();
			this.index = current;
		}
		current.put(digest, embedding);
	}

	void removeFromIndex(String digest) {
		VectorIndex current = this.index;
		if (current != null) {
			current.remove(digest);
		}
	}

	ConcurrentMap<String, CacheEntry> entries() {
		return this.entries;
	}

	/**
	 * Add or replace an entry. Called with the monitor held.
	 */
	void put(String digest, CacheEntry entry) {
		this.bytes.addAndGet(MemoryLimits.bytesOf(entry));
		if (this.usage != null) {
			this.usage.add(new CacheKey(this.partition, digest), entry);
		}
		CacheEntry previous = this.entries.put(digest, entry);
		if (previous != null) {
			this.bytes.addAndGet(-MemoryLimits.bytesOf(previous));
		}
	}

	/**
	 * Replace an entry by one of the same size, unless it is another one by now.
	 */
	boolean replace(String digest, CacheEntry entry, CacheEntry replacement) {
		boolean replaced = this.entries.replace(digest, entry, replacement);
		if (replaced && this.usage != null) {
			CacheKey key = new CacheKey(this.partition, digest);
			this.usage.replace(key, entry, replacement);
			if (this.entries.get(digest) != replacement) {
				// it was removed before it was counted
				this.usage.remove(key, replacement);
			}
		}
		return replaced;
	}

	/**
	 * Remove an entry, unless it is another one by now.
	 */
	boolean remove(String digest, CacheEntry entry) {
		boolean removed = this.entries.remove(digest, entry);
		if (removed) {
			this.bytes.addAndGet(-MemoryLimits.bytesOf(entry));
			if (this.usage != null) {
				this.usage.remove(new CacheKey(this.partition, digest), entry);
			}
		}
		return removed;
	}

	@Nullable ScopeUsage usage() {
		return this.usage;
	}

	boolean isEmpty() {
		return this.entries.isEmpty();
	}

	long bytes() {
		return this.bytes.get();
	}

}
