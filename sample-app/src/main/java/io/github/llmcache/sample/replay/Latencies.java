package io.github.llmcache.sample.replay;

import java.time.Duration;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.sample.replay.ReplayReport.Percentiles;

/**
 * Percentiles of durations, with three significant digits. Used by one thread.
 */
final class Latencies {

	private static final double NANOS_PER_MILLI = 1e6;

	private final Histogram nanos = new Histogram(3);

	void add(Duration duration) {
		this.nanos.recordValue(duration.toNanos());
	}

	Percentiles figures() {
		return new Percentiles(millis(50), millis(95), millis(99));
	}

	private @Nullable Double millis(double percentile) {
		return (this.nanos.getTotalCount() > 0) ? this.nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI : null;
	}

}
