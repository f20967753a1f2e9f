package io.github.llmcache.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/**
 * Records how long something takes, in about 20 kilobytes: microseconds up to ten
 * minutes, with two digits. Exact sum and maximum are kept beside, since the histogram
 * rounds, and counts what is longer as ten minutes.
 */
final class TimingRecorder {

	private static final long HIGHEST = TimeUnit.MINUTES.toMicros(10);

	private static final int DIGITS = 2;

	private final AtomicHistogram micros = new AtomicHistogram(HIGHEST, DIGITS);

	private final LongAdder sum = new LongAdder();

	private final LongAccumulator max = new LongAccumulator(Math::max, 0);

	void record(Duration duration) {
		long nanos = Math.max(0, duration.toNanos());
		this.micros.recordValue(Math.min(HIGHEST, TimeUnit.NANOSECONDS.toMicros(nanos)));
		this.sum.add(nanos);
		this.max.accumulate(nanos);
	}

	long count() {
		return this.micros.getTotalCount();
	}

	long nanos() {
		return this.sum.sum();
	}

	Timing timing() {
		Sum all = new Sum();
		all.add(this);
		return all.timing();
	}

	/**
	 * Several recorders together. Used by one thread.
	 */
	static final class Sum {

		private final Histogram micros = new Histogram(HIGHEST, DIGITS);

		private long nanos;

		private long max;

		void add(TimingRecorder recorder) {
			this.micros.add(recorder.micros);
			this.nanos += recorder.sum.sum();
			this.max = Math.max(this.max, recorder.max.get());
		}

		Timing timing() {
			long count = this.micros.getTotalCount();
			if (count == 0) {
				return Timing.NONE;
			}
			return new Timing(count, Duration.ofNanos(this.nanos / count), percentile(50), percentile(95),
					percentile(99), Duration.ofNanos(this.max));
		}

		private Duration percentile(double percentile) {
			long nanos = TimeUnit.MICROSECONDS.toNanos(this.micros.getValueAtPercentile(percentile));
			return Duration.ofNanos(Math.min(nanos, this.max));
		}

	}

}
