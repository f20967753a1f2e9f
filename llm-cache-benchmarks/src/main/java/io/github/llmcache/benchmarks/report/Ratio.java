package io.github.llmcache.benchmarks.report;

import java.util.List;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The ratio of a figure to its baseline, and how far it may be off.
 * <p>
 * Rounds are compared one by one, so that what slows a whole round down cancels out. The
 * logarithms of their ratios are taken for normally distributed: {@code value} is their
 * mean, and {@code low} and {@code high} enclose the mean of another run of as many
 * rounds with a probability of 99 %.
 *
 * @param value the geometric mean of the rounds' ratios
 * @param low the lower end
 * @param high the upper end
 */
record Ratio(double value, double low, double high) {

	private static final double CONFIDENCE = 0.99;

	/**
	 * Compare round by round.
	 * @param values one for each round
	 * @param baselines as many, of the same rounds
	 */
	static Ratio of(List<Double> values, List<Double> baselines) {
		int rounds = values.size();
		double[] logarithms = new double[rounds];
		double mean = 0;
		for (int i = 0; i < rounds; i++) {
			double value = values.get(i);
			double baseline = baselines.get(i);
			logarithms[i] = (value == baseline) ? 0 : Math.log(value / baseline);
			mean += logarithms[i] / rounds;
		}
		if (rounds == 1) {
			return new Ratio(Math.exp(mean), 0, Double.POSITIVE_INFINITY);
		}
		double squares = 0;
		for (double logarithm : logarithms) {
			squares += (logarithm - mean) * (logarithm - mean);
		}
		double deviation = Math.sqrt(squares / (rounds - 1));
		double quantile = TDistribution.of(rounds - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
		double margin = quantile * deviation * Math.sqrt(2.0 / rounds);
		return new Ratio(Math.exp(mean), Math.exp(mean - margin), Math.exp(mean + margin));
	}

}
