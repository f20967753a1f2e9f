package io.github.llmcache.benchmarks.report;

import java.time.Duration;

/**
 * How long everything is measured.
 *
 * @param rounds how often
 * @param forked whether benchmarks run in a JVM of their own
 * @param warmUp how long each benchmark runs before it is measured; zero for not at all
 * @param measurement how long it is measured; zero for one call
 */
record Extent(int rounds, boolean forked, Duration warmUp, Duration measurement) {

	/** For the report. */
	static final Extent FULL = new Extent(5, true, Duration.ofMillis(1_000), Duration.ofMillis(1_000));

	/** To see that everything runs. */
	static final Extent SMOKE = new Extent(1, false, Duration.ZERO, Duration.ZERO);

	Extent withRounds(int rounds) {
		return new Extent(rounds, this.forked, this.warmUp, this.measurement);
	}

}
