package io.github.llmcache.judge;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits how often the judge is asked: a number of times a minute, and not for a while
 * after it has failed several times in a row, so that calls do not wait for a judge that
 * does not work. Safe for use by many threads.
 */
final class Allowance {

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private static final int FAILURES_IN_A_ROW = 5;

	private static final long PAUSE = Duration.ofSeconds(30).toNanos();

	private final int callsPerMinute;

	private final LongSupplier nanoTime;

	private long minute;

	private int calls;

	private int failures;

	private long failed;

	Allowance(int callsPerMinute, LongSupplier nanoTime) {
		this.callsPerMinute = callsPerMinute;
		this.nanoTime = nanoTime;
		this.minute = nanoTime.getAsLong();
	}

	/**
	 * Take a call, if there is one.
	 */
	synchronized Grant take() {
		long now = this.nanoTime.getAsLong();
		if (this.failures >= FAILURES_IN_A_ROW && now - this.failed < PAUSE) {
			return Grant.PAUSED;
		}
		if (now - this.minute >= MINUTE) {
			this.minute = now;
			this.calls = 0;
		}
		if (this.calls >= this.callsPerMinute) {
			return Grant.SPENT;
		}
		this.calls++;
		return Grant.GIVEN;
	}

	synchronized void answered() {
		this.failures = 0;
	}

	synchronized void failed() {
		this.failures = Math.min(this.failures + 1, FAILURES_IN_A_ROW);
		this.failed = this.nanoTime.getAsLong();
	}

	/**
	 * Whether a call may be made.
	 */
	enum Grant {

		/** It may. */
		GIVEN,

		/** There were enough in this minute. */
		SPENT,

		/** The judge fails, and is left alone. */
		PAUSED

	}

}
