package io.github.llmcache.metrics;

import java.time.Duration;

/**
 * How long something took.
 * <p>
 * Count and mean are exact, the others good to one per cent. All are zero if it never
 * happened.
 *
 * @param count how often it happened
 * @param mean the arithmetic mean
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param p99 the 99th percentile
 * @param max the longest
 */
public record Timing(long count, Duration mean, Duration p50, Duration p95, Duration p99, Duration max) {

	/**
	 * It never happened.
	 */
	public static final Timing NONE = new Timing(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO,
			Duration.ZERO);

}
