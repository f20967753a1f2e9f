package io.github.llmcache.store.memory;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.Partition;

/**
 * The refusals of partitions, bounded for each and in total: the partition whose latest
 * refusal is the oldest goes first.
 */
final class HeldRefusals {

	/** The highest number in all partitions together, which takes a few megabytes. */
	private static final int MOST = 20_000;

	private final Map<Partition, Set<String>> partitions = new LinkedHashMap<>();

	private int size;

	/** Whether anything was ever refused: most applications never need the lock. */
	private volatile boolean used;

	synchronized void add(Partition partition, Set<String> refusals) {
		Set<String> before = this.partitions.remove(partition);
		LinkedHashSet<String> all = new LinkedHashSet<>((before != null) ? before : Set.of());
		this.size -= all.size();
		all.removeAll(refusals);
		all.addAll(refusals);
		while (all.size() > FeedbackStore.MOST_REFUSALS) {
			all.remove(all.iterator().next());
		}
		this.partitions.put(Digests.of(partition), Collections.unmodifiableSet(all));
		this.size += all.size();
		while (this.size > MOST) {
			Iterator<Set<String>> oldestFirst = this.partitions.values().iterator();
			this.size -= oldestFirst.next().size();
			oldestFirst.remove();
		}
		this.used = true;
	}

	/**
	 * Forget what is refused in some partitions.
	 * @return how many refusals there were
	 */
	synchronized long erase(Predicate<Partition> erased) {
		int before = this.size;
		this.partitions.entrySet().removeIf((held) -> {
			boolean removed = erased.test(held.getKey());
			this.size -= removed ? held.getValue().size() : 0;
			return removed;
		});
		return before - this.size;
	}

	synchronized long count(Predicate<Partition> counted) {
		return this.partitions.entrySet()
			.stream()
			.filter((held) -> counted.test(held.getKey()))
			.mapToLong((held) -> held.getValue().size())
			.sum();
	}

	Set<String> of(Partition partition) {
		if (!this.used) {
			return Set.of();
		}
		synchronized (this) {
			return this.partitions.getOrDefault(partition, Set.of());
		}
	}

}
