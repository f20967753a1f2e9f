package io.github.llmcache.actuate.dashboard;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.history.ServedEntry;
import io.github.llmcache.history.Traffic;
import io.github.llmcache.history.TrafficHistory;

/**
 * What this instance did over time. Words are in lower case.
 *
 * @param start when the first step began
 * @param stepMillis how long a step is
 * @param steps the number of steps; the last one is that of now
 * @param spanMillis how far the history reaches back, once it is full
 * @param tasks what happened in each step, by task
 * @param entries the entries that were served most since this instance started
 */
public record HistoryDescriptor(Instant start, long stepMillis, int steps, long spanMillis,
		Map<String, SeriesDescriptor> tasks, List<EntryHitsDescriptor> entries) implements OperationResponseBody {

	private static final int MOST_ENTRIES = 50;

	static HistoryDescriptor of(TrafficHistory history) {
		Traffic traffic = history.traffic();
		Map<String, SeriesDescriptor> tasks = new TreeMap<>();
		traffic.tasks().forEach((task, series) -> tasks.put(task, SeriesDescriptor.of(series)));
		return new HistoryDescriptor(traffic.start(), traffic.step().toMillis(), traffic.length(),
				traffic.step().toMillis() * TrafficHistory.STEPS, tasks,
				history.topEntries(MOST_ENTRIES).stream().map(EntryHitsDescriptor::of).toList());
	}

	/**
	 * What happened to a task, a number for each step.
	 *
	 * @param outcomes calls by outcome; only outcomes that occurred
	 * @param nearMisses misses although an entry was similar enough: all such were
	 * refused
	 * @param millisSaved how long the method took when the served entries were loaded
	 * @param millisLookedUp how long all lookups together took
	 */
	public record SeriesDescriptor(Map<String, long[]> outcomes, long[] nearMisses, long[] millisSaved,
			long[] millisLookedUp) {

		static SeriesDescriptor of(Traffic.Series series) {
			Map<String, long[]> outcomes = new TreeMap<>();
			for (Outcome outcome : Outcome.values()) {
				long[] counts = series.count(outcome);
				if (Arrays.stream(counts).anyMatch((count) -> count > 0)) {
					outcomes.put(outcome.name().toLowerCase(Locale.ROOT), counts);
				}
			}
			return new SeriesDescriptor(outcomes, series.nearMisses(), series.millisSaved(), series.millisLookedUp());
		}

	}

	/**
	 * How often an entry was served.
	 *
	 * @param task its task
	 * @param entry its id
	 * @param hits how often, at least
	 */
	public record EntryHitsDescriptor(String task, String entry, long hits) {

		static EntryHitsDescriptor of(ServedEntry entry) {
			return new EntryHitsDescriptor(entry.task(), entry.entry(), entry.hits());
		}

	}

}
