package io.github.llmcache.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LookupEvent;

/**
 * Counts the outcomes of lookups of this instance over time, in a ring of {@value #STEPS}
 * steps of equal length, and the hits of single entries.
 * <p>
 * Holds neither prompts nor answers. A lookup takes no lock and well under a microsecond.
 * A task takes about 150 bytes for each step in which it was called; {@value #MAX_TASKS}
 * tasks of a step are kept apart, and further ones counted together as {@code other}.
 * Safe for use by many threads.
 */
public final class TrafficHistory implements LlmCacheListener {

	/** In how many steps the history is cut. */
	public static final int STEPS = 360;

	static final int MAX_TASKS = 100;

	private final Clock clock;

	private final long stepMillis;

	private final long firstStep;

	private final AtomicReferenceArray<@Nullable Step> ring = new AtomicReferenceArray<>(STEPS);

	private final EntryHits entries = new EntryHits();

	/**
	 * Begin a history.
	 * @param span how far it reaches back; at least {@value #STEPS} milliseconds
	 * @param clock tells in which step a lookup is
	 */
	public TrafficHistory(Duration span, Clock clock) {
		this.clock = clock;
		this.stepMillis = span.toMillis() / STEPS;
		if (this.stepMillis < 1) {
			throw new IllegalArgumentException("A history must reach back " + STEPS + " milliseconds or more");
		}
		this.firstStep = now();
	}

	private long now() {
		return Math.floorDiv(this.clock.millis(), this.stepMillis);
	}

	@Override
	public void onLookup(LookupEvent event) {
		step(now()).task(event.task()).count(event);
		if (event.entryId() != null) {
			this.entries.count(event.task(), event.entryId());
		}
	}

	/**
	 * The step of a moment. If the clock was put back by more than the whole ring, counts
	 * in a newer one.
	 */
	private Step step(long number) {
		int slot = (int) Math.floorMod(number, (long) STEPS);
		while (true) {
			Step current = this.ring.get(slot);
			if (current != null && current.number >= number) {
				return current;
			}
			Step next = new Step(number);
			if (this.ring.compareAndSet(slot, current, next)) {
				return next;
			}
		}
	}

	/**
	 * What has happened.
	 * @return a snapshot, from the beginning of the history, or of what is left of it, to
	 * now
	 */
	public Traffic traffic() {
		long last = now();
		long first = Math.max(this.firstStep, last - STEPS + 1);
		int length = (int) Math.max(1, last - first + 1);
		Map<String, Traffic.Series> tasks = new TreeMap<>();
		for (Step step : steps(first, last)) {
			step.forEach((name, counts) -> counts
				.addTo(tasks.computeIfAbsent(name, (task) -> new Traffic.Series(length)), (int) (step.number - first)));
		}
		return new Traffic(Instant.ofEpochMilli(first * this.stepMillis), Duration.ofMillis(this.stepMillis), length,
				tasks);
	}

	private List<Step> steps(long first, long last) {
		List<Step> steps = new ArrayList<>();
		for (int slot = 0; slot < STEPS; slot++) {
			Step step = this.ring.get(slot);
			if (step != null && step.number >= first && step.number <= last) {
				steps.add(step);
			}
		}
		steps.sort(Comparator.comparingLong((step) -> step.number));
		return steps;
	}

	/**
	 * The entries that this instance has served most since it started.
	 * @param limit the most entries
	 * @return the entries, most hits first
	 */
	public List<ServedEntry> topEntries(int limit) {
		return this.entries.top(limit);
	}

}
