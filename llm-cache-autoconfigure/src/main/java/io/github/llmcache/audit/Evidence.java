package io.github.llmcache.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;

import io.github.llmcache.core.LabelledObservation;

/**
 * The labelled observations of one task that still count: the latest ones. Not safe for
 * use by many threads.
 */
final class Evidence {

	/** How many observations count; older ones may be of another traffic. */
	static final int CAPACITY = 1_000;

	static final Duration MAX_AGE = Duration.ofDays(30);

	private final Deque<LabelledObservation> observations = new ArrayDeque<>();

	void add(LabelledObservation observation) {
		this.observations.addLast(observation);
		Instant oldest = observation.time().minus(MAX_AGE);
		while (this.observations.size() > CAPACITY || this.observations.getFirst().time().isBefore(oldest)) {
			this.observations.removeFirst();
		}
	}

	void replaceWith(Evidence other) {
		this.observations.clear();
		this.observations.addAll(other.observations);
	}

	Iterable<LabelledObservation> all() {
		return this.observations;
	}

	int size() {
		return this.observations.size();
	}

	Count count(Predicate<LabelledObservation> served) {
		long compared = 0;
		long wrong = 0;
		for (LabelledObservation observation : this.observations) {
			if (served.test(observation)) {
				compared++;
				wrong += observation.right() ? 0 : 1;
			}
		}
		return new Count(compared, wrong);
	}

	/**
	 * The same of the latest observations only.
	 */
	Count latest(Predicate<LabelledObservation> served, int limit) {
		long compared = 0;
		long wrong = 0;
		Iterator<LabelledObservation> latestFirst = this.observations.descendingIterator();
		while (latestFirst.hasNext() && compared < limit) {
			LabelledObservation observation = latestFirst.next();
			if (served.test(observation)) {
				compared++;
				wrong += observation.right() ? 0 : 1;
			}
		}
		return new Count(compared, wrong);
	}

	/**
	 * How many answers were compared, and how many of them were wrong.
	 */
	record Count(long compared, long wrong) {

		double upperBound() {
			return ClopperPearson.upperBound(this.wrong, this.compared);
		}

		double lowerBound() {
			return ClopperPearson.lowerBound(this.wrong, this.compared);
		}

	}

}
