package io.github.llmcache.benchmarks.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The ratios of a figure to its baseline, round by round, so that what slows a whole
 * round down cancels out.
 *
 * @param logarithms the natural logarithm of each round's ratio; 0 where both are equal
 */
record RoundRatios(List<Double> logarithms) {

	/**
	 * Compare round by round.
	 * @param values one for each round
	 * @param baselines as many, of the same rounds
	 */
	static RoundRatios of(List<Double> values, List<Double> baselines) {
		return new RoundRatios(IntStream.range(0, values.size())
			.mapToObj((round) -> logarithm(values.get(round), baselines.get(round)))
			.toList());
	}

	private static double logarithm(double value, double baseline) {
		return (value == baseline) ? 0 : Math.log(value / baseline);
	}

	int count() {
		return this.logarithms.size();
	}

	double mean() {
		return this.logarithms.stream().mapToDouble(Double::doubleValue).sum() / count();
	}

	/**
	 * The variance of one round's logarithm; {@code NaN} with one round.
	 */
	double variance() {
		double mean = mean();
		double squares = this.logarithms.stream()
			.mapToDouble((logarithm) -> (logarithm - mean) * (logarithm - mean))
			.sum();
		return squares / (count() - 1);
	}

}
