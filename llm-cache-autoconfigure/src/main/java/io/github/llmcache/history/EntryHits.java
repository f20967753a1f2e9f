package io.github.llmcache.history;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the hits of the entries that are served most, in bounded memory.
 * <p>
 * By Misra and Gries (Finding Repeated Elements, 1982): whenever there are too many
 * counters, each loses one and those at zero go. So a count is too low by at most the
 * number of all hits divided by {@value #MAX}, and an entry with more hits than that is
 * always there.
 */
final class EntryHits {

	static final int MAX = 1_000;

	private final Map<Entry, AtomicLong> counts = new ConcurrentHashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	void count(String task, String id) {
		this.counts.computeIfAbsent(new Entry(task, id), (entry) -> new AtomicLong()).incrementAndGet();
		if (this.counts.size() > MAX && this.lock.tryLock()) {
			try {
				this.counts.values().removeIf((count) -> count.decrementAndGet() <= 0);
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	List<ServedEntry> top(int limit) {
		return this.counts.entrySet()
			.stream()
			.map((count) -> new ServedEntry(count.getKey().task(), count.getKey().id(), count.getValue().get()))
			.sorted(Comparator.comparingLong(ServedEntry::hits).reversed().thenComparing(ServedEntry::entry))
			.limit(limit)
			.toList();
	}

	private record Entry(String task, String id) {

	}

}
