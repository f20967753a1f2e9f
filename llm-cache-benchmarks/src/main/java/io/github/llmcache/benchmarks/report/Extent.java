package io.github.llmcache.benchmarks.report;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds how often
 * @param warmUp how long each benchmark runs before it is measured; zero for not at all
 * @param measurement how long it is measured; zero for one call
 * @param load how long the load lasts for each number of threads
 * @param threads numbers of threads
 * @param sizes numbers of entries and of partitions, ascending
 * @param evicted number of entries that are evicted
 * @param needs number of needs that are worded in several ways
 */
record Extent(int rounds, Duration warmUp, Duration measurement, Duration load, List<Integer> threads,
		List<Integer> sizes, int evicted, int needs) {

	/** For the report. */
	static final Extent FULL = new Extent(3, Duration.ofMillis(1_500), Duration.ofMillis(1_000),
			Duration.ofMillis(1_000), List.of(1, 4, 16, 64, 256), List.of(1_000, 10_000, 100_000), 100_000, 100);

	/**
	 * Shows that everything runs. The heap of fewer entries would be lost in what else
	 * changes meanwhile.
	 */
	static final Extent SMOKE = new Extent(1, Duration.ZERO, Duration.ZERO, Duration.ofMillis(200), List.of(1, 16),
			List.of(2_000), 200, 5);

	Extent withRounds(int rounds) {
		return new Extent(rounds, this.warmUp, this.measurement, this.load, this.threads, this.sizes, this.evicted,
				this.needs);
	}

}
