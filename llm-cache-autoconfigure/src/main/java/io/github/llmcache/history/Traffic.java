package io.github.llmcache.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.github.llmcache.answer.Outcome;

/**
 * What happened over time, in steps of equal length. The last step is that of now, and
 * not complete.
 *
 * @param start when the first step began
 * @param step how long a step is
 * @param length the number of steps
 * @param tasks what happened, by task
 */
public record Traffic(Instant start, Duration step, int length, Map<String, Series> tasks) {

	public Traffic {
		tasks = Collections.unmodifiableMap(new TreeMap<>(tasks));
	}

	/**
	 * What happened to a task, one number for each step.
	 */
	public static final class Series {

		private final Map<Outcome, long[]> outcomes = new EnumMap<>(Outcome.class);

		private final long[] nearMisses;

		private final long[] nanosSaved;

		private final long[] nanosLookedUp;

		Series(int length) {
			for (Outcome outcome : Outcome.values()) {
				this.outcomes.put(outcome, new long[length]);
			}
			this.nearMisses = new long[length];
			this.nanosSaved = new long[length];
			this.nanosLookedUp = new long[length];
		}

		void add(Outcome outcome, int index, long count) {
			of(outcome)[index] += count;
		}

		void add(int index, long nearMisses, long nanosSaved, long nanosLookedUp) {
			this.nearMisses[index] += nearMisses;
			this.nanosSaved[index] += nanosSaved;
			this.nanosLookedUp[index] += nanosLookedUp;
		}

		private long[] of(Outcome outcome) {
			return this.outcomes.computeIfAbsent(outcome, (missing) -> new long[this.nearMisses.length]);
		}

		/**
		 * How many calls had an outcome.
		 * @param outcome the outcome
		 * @return the number of calls in each step
		 */
		public long[] count(Outcome outcome) {
			return of(outcome).clone();
		}

		/**
		 * How many misses there were although entries were similar enough to be
		 * candidates: all of them were refused.
		 * @return the number of calls in each step
		 */
		public long[] nearMisses() {
			return this.nearMisses.clone();
		}

		/**
		 * How long the method took when the served entries were loaded.
		 * @return milliseconds in each step
		 */
		public long[] millisSaved() {
			return millis(this.nanosSaved);
		}

		/**
		 * How long all lookups together took.
		 * @return milliseconds in each step
		 */
		public long[] millisLookedUp() {
			return millis(this.nanosLookedUp);
		}

		private static long[] millis(long[] nanos) {
			long[] millis = new long[nanos.length];
			for (int i = 0; i < nanos.length; i++) {
				millis[i] = TimeUnit.NANOSECONDS.toMillis(nanos[i]);
			}
			return millis;
		}

	}

}
