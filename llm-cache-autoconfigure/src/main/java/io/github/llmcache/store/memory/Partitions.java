package io.github.llmcache.store.memory;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.Partition;
import io.github.llmcache.index.VectorIndexFactory;

/**
 * The states of partitions, and the sequence of generations.
 * <p>
 * A state begins with the first lookup, before there is an entry, so that an invalidation
 * reaches the answers that are being computed. States without entries are forgotten once
 * there are more states than entries fit; no generation ever returns, so that an answer
 * which is computed meanwhile is not stored.
 */
final class Partitions {

	private final ConcurrentMap<Partition, PartitionState> states = new ConcurrentHashMap<>();

	private final VectorIndexFactory indexes;

	private final long maxEntries;

	private final AtomicLong generations = new AtomicLong();

	private final AtomicLong sweepAt;

	Partitions(VectorIndexFactory indexes, long maxEntries) {
		this.indexes = indexes;
		this.maxEntries = maxEntries;
		this.sweepAt = new AtomicLong(maxEntries);
	}

	@Nullable PartitionState get(Partition partition) {
		return this.states.get(partition);
	}

	PartitionState getOrCreate(Partition partition) {
		PartitionState state = this.states.get(partition);
		if (state == null) {
			sweep();
			state = this.states.computeIfAbsent(partition,
					(key) -> new PartitionState(key, this.indexes, nextGeneration()));
		}
		return state;
	}

	Collection<PartitionState> all() {
		return this.states.values();
	}

	long nextGeneration() {
		return this.generations.incrementAndGet();
	}

	private void sweep() {
		long threshold = this.sweepAt.get();
		if (this.states.size() < threshold || !this.sweepAt.compareAndSet(threshold, Long.MAX_VALUE)) {
			return;
		}
		for (PartitionState state : this.states.values()) {
			synchronized (state) {
				if (state.isEmpty()) {
					this.states.remove(state.partition(), state);
				}
			}
		}
		this.sweepAt.set(this.states.size() + this.maxEntries);
	}

}
