package io.github.llmcache.store.memory;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.CacheEntry;
import io.github.llmcache.core.Partition;
import io.github.llmcache.index.VectorIndex;
import io.github.llmcache.index.VectorIndexFactory;

/**
 * What is known of one partition besides its entries. Its monitor makes comparing the
 * generation and storing one step.
 */
final class PartitionState {

	private final Partition partition;

	private final VectorIndexFactory indexes;

	private final AtomicLong entries = new AtomicLong();

	private final AtomicLong bytes = new AtomicLong();

	private volatile long generation;

	private volatile @Nullable VectorIndex index;

	PartitionState(Partition partition, VectorIndexFactory indexes, long generation) {
		this.partition = partition;
		this.indexes = indexes;
		this.generation = generation;
	}

	Partition partition() {
		return this.partition;
	}

	long generation() {
		return this.generation;
	}

	/**
	 * Raise the generation: from now on, answers computed before are not stored.
	 */
	synchronized void invalidate(long newGeneration, boolean dropIndex) {
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

	void added(long size) {
		this.entries.incrementAndGet();
		this.bytes.addAndGet(size);
	}

	void removed(long size) {
		this.entries.decrementAndGet();
		this.bytes.addAndGet(-size);
	}

	boolean isEmpty() {
		return this.entries.get() == 0;
	}

	long entries() {
		return this.entries.get();
	}

	long bytes() {
		return this.bytes.get();
	}

}
