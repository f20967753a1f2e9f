package io.github.llmcache.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it, in UTC. As a bean it decides how old
 * the answers of the embedded store are. Safe for use by many threads.
 */
public final class MutableClock extends Clock {

	private final AtomicReference<Instant> now;

	/**
	 * Create a clock that shows the same time in every test: noon of 1 November 2026.
	 */
	public MutableClock() {
		this(Instant.parse("2026-11-01T12:00:00Z"));
	}

	/**
	 * Create a clock that shows a time.
	 * @param now the time
	 */
	public MutableClock(Instant now) {
		this.now = new AtomicReference<>(now);
	}

	/**
	 * Let time pass.
	 * @param duration how much; not negative
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("Time passes forwards, but the duration is " + duration);
		}
		this.now.updateAndGet((instant) -> instant.plus(duration));
	}

	/**
	 * Show another time, also an earlier one, as clocks do when they are corrected.
	 * @param instant the time
	 */
	public void set(Instant instant) {
		this.now.set(instant);
	}

	@Override
	public Instant instant() {
		return this.now.get();
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return Clock.fixed(instant(), zone);
	}

}
