package io.github.llmcache.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Where positive numbers stand on a logarithmic axis.
 */
final class LogScale {

	private static final double[] STEPS = { 1, 2, 5 };

	private static final int DECADES_WITH_STEPS = 2;

	private final double low;

	private final double high;

	private final double start;

	private final double end;

	/**
	 * Create a scale.
	 * @param numbers what has to fit, at least one of them positive; others stand at the
	 * start
	 * @param start where the lowest stands, in pixels
	 * @param end where the highest stands
	 */
	LogScale(DoubleStream numbers, double start, double end) {
		double[] all = numbers.filter((number) -> number > 0 && Double.isFinite(number)).sorted().toArray();
		this.low = Math.log10(all[0] / 1.1);
		this.high = Math.log10(all[all.length - 1] * 1.1);
		this.start = start;
		this.end = end;
	}

	/**
	 * Where a number stands; at an end, if it is beyond it.
	 */
	double at(double number) {
		double share = (Math.log10(number) - this.low) / (this.high - this.low);
		return this.start + Math.max(0, Math.min(1, share)) * (this.end - this.start);
	}

	/**
	 * The numbers to mark.
	 */
	List<Double> ticks() {
		boolean fine = this.high - this.low < DECADES_WITH_STEPS;
		List<Double> ticks = new ArrayList<>();
		for (int exponent = (int) Math.floor(this.low); exponent <= this.high; exponent++) {
			for (double step : fine ? STEPS : new double[] { 1 }) {
				double tick = step * Math.pow(10, exponent);
				if (Math.log10(tick) >= this.low && Math.log10(tick) <= this.high) {
					ticks.add(tick);
				}
			}
		}
		return ticks;
	}

}
