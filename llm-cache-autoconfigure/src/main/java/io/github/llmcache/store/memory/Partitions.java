package io.github.llmcache.store.memory;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.ScopeQuota;

/**
 * The states of partitions, and the sequence of generations.
 * <p>
 * A state begins with the first lookup, before there is an entry, so that an eviction
 * reaches the answers that are being loaded. States without entries are forgotten when
 * they are evicted, and now and then; no generation is used twice, so that an answer that
 * is being loaded meanwhile is not stored.
 */
final class Partitions {

	private final ConcurrentMap<Partition, PartitionState> states = new ConcurrentHashMap<>();

	private final VectorIndexFactory indexes;

	private final long maxEmpty;

	private final @Nullable LoadingCache<String, ScopeUsage> usages;

	private final AtomicLong generations = new AtomicLong();

	/** States that began without an entry, or lost the last one, since the last sweep. */
	private final AtomicLong emptied = new AtomicLong();

	Partitions(VectorIndexFactory indexes, long maxEmpty, ScopeQuota quota) {
		this.indexes = indexes;
		this.maxEmpty = maxEmpty;
		// as long as a partition of the scope is known
		this.usages = quota.isLimited() ? Caffeine.newBuilder().weakValues().build((scope) -> new ScopeUsage(quota))
				: null;
	}

	@Nullable PartitionState get(Partition partition) {
		return this.states.get(partition);
	}

	PartitionState getOrCreate(Partition partition) {
		PartitionState state = this.states.get(partition);
		if (state == null) {
			Partition kept = Digests.of(partition);
			emptied();
			sweep();
			ScopeUsage usage = (this.usages != null && kept.scope() != null) ? this.usages.get(kept.scope()) : null;
			state = this.states.computeIfAbsent(kept,
					(key) -> new PartitionState(key, this.indexes, usage, nextGeneration()));
		}
		return state;
	}

	Collection<PartitionState> all() {
		return this.states.values();
	}

	long nextGeneration() {
		return this.generations.incrementAndGet();
	}

	/**
	 * Note that a state has no entry any more. Takes no lock.
	 */
	void emptied() {
		this.emptied.incrementAndGet();
	}

	/**
	 * Forget states without entries, if there may be many.
	 */
	void sweep() {
		long count = this.emptied.get();
		if (count > this.maxEmpty && this.emptied.compareAndSet(count, 0)) {
			this.states.values().forEach(this::forgetIfEmpty);
		}
	}

	/**
	 * Forget a state if it has no entry.
	 */
	void forgetIfEmpty(PartitionState state) {
		synchronized (state) {
			if (state.isEmpty()) {
				this.states.remove(state.partition(), state);
			}
		}
	}

}
