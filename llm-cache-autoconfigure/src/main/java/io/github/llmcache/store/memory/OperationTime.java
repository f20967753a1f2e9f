package io.github.llmcache.store.memory;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The time of a store's latest operation, which Caffeine takes for the current one:
 * reading the clock once more takes longer than finding an entry. Every operation that
 * Caffeine needs the time for reads the clock first. May be used by many threads.
 */
final class OperationTime {

	private final Clock clock;

	private volatile long millis;

	OperationTime(Clock clock) {
		this.clock = clock;
		this.millis = clock.millis();
	}

	/**
	 * Read the clock.
	 */
	Instant now() {
		Instant now = this.clock.instant();
		long current = now.toEpochMilli();
		// written only if it changes, so that threads do not hold each other up
		if (current != this.millis) {
			this.millis = current;
		}
		return now;
	}

	/**
	 * The latest reading, in nanoseconds, and as exact as a millisecond.
	 */
	long nanos() {
		return TimeUnit.MILLISECONDS.toNanos(this.millis);
	}

}
