package io.github.llmcache.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The examples of one task that still count: the latest ones. Not safe for use by many
 * threads.
 */
final class Evidence {

	/** How many examples count; the traffic may have been another one before. */
	static final int CAPACITY = 1_000;

	static final Duration MAX_AGE = Duration.ofDays(30);

	private final Deque<Example> examples = new ArrayDeque<>();

	void add(Example example) {
		this.examples.addLast(example);
		Instant oldest = example.time().minus(MAX_AGE);
		while (this.examples.size() > CAPACITY || this.examples.getFirst().time().isBefore(oldest)) {
			this.examples.removeFirst();
		}
	}

	void replaceWith(Evidence other) {
		this.examples.clear();
		this.examples.addAll(other.examples);
	}

	Stream<Example> all() {
		return this.examples.stream();
	}

	int size() {
		return this.examples.size();
	}

	/**
	 * How many hits were served in any case between these examples.
	 */
	long unlabelled() {
		return this.examples.stream().mapToLong(Example::unlabelled).sum();
	}

	Count count(Predicate<Example> served) {
		return latest(served, CAPACITY);
	}

	/**
	 * Count the latest examples only.
	 */
	Count latest(Predicate<Example> served, int limit) {
		long compared = 0;
		long wrong = 0;
		long unknown = 0;
		Iterator<Example> latestFirst = this.examples.descendingIterator();
		while (latestFirst.hasNext() && compared < limit) {
			Example example = latestFirst.next();
			unknown += example.unknown();
			if (served.test(example)) {
				compared++;
				wrong += example.right() ? 0 : 1;
			}
		}
		return new Count(compared, wrong, unknown);
	}

	/**
	 * How many answers were compared and judged, how many of them were wrong, and how
	 * many more were compared that could not be judged.
	 */
	record Count(long compared, long wrong, long unknown) {

		Count withUnknown(long more) {
			return new Count(this.compared, this.wrong, this.unknown + more);
		}

		/**
		 * The upper confidence bound on the share of wrong answers among those that can
		 * be judged.
		 */
		double upperBound() {
			return ClopperPearson.upperBound(this.wrong, this.compared);
		}

		/**
		 * The same as a number of answers, among as many as were compared.
		 */
		double upperWrong() {
			return this.compared * upperBound();
		}

		/**
		 * The lower confidence bound on the share of wrong answers, if all those that
		 * could not be judged were right.
		 */
		double lowerBound() {
			return ClopperPearson.lowerBound(this.wrong, this.compared + this.unknown);
		}

	}

}
