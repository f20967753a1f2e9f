package io.github.llmcache.history;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.LookupEvent;

/**
 * What happened in one step of the history.
 */
final class Step {

	private static final String OTHER = "other";

	final long number;

	private final Map<String, Counts> tasks = new ConcurrentHashMap<>(4);

	Step(long number) {
		this.number = number;
	}

	Counts task(String name) {
		Counts counts = this.tasks.get(name);
		if (counts != null) {
			return counts;
		}
		boolean apart = this.tasks.size() < TrafficHistory.MAX_TASKS;
		return this.tasks.computeIfAbsent(apart ? name : OTHER, (task) -> new Counts());
	}

	void forEach(BiConsumer<String, Counts> action) {
		this.tasks.forEach(action);
	}

	/**
	 * What happened to one task.
	 */
	static final class Counts {

		private static final int OUTCOMES = Outcome.values().length;

		private static final int NEAR_MISSES = OUTCOMES;

		private static final int NANOS_SAVED = OUTCOMES + 1;

		private static final int NANOS_LOOKED_UP = OUTCOMES + 2;

		private final AtomicLongArray values = new AtomicLongArray(OUTCOMES + 3);

		void count(LookupEvent event) {
			this.values.incrementAndGet(event.outcome().ordinal());
			if (event.outcome() == Outcome.MISS && !event.refusals().isEmpty()) {
				this.values.incrementAndGet(NEAR_MISSES);
			}
			if (event.timeSaved() != null) {
				this.values.addAndGet(NANOS_SAVED, event.timeSaved().toNanos());
			}
			this.values.addAndGet(NANOS_LOOKED_UP, event.lookupTime().toNanos());
		}

		void addTo(Traffic.Series series, int index) {
			for (Outcome outcome : Outcome.values()) {
				series.add(outcome, index, this.values.get(outcome.ordinal()));
			}
			series.add(index, this.values.get(NEAR_MISSES), this.values.get(NANOS_SAVED),
					this.values.get(NANOS_LOOKED_UP));
		}

	}

}
