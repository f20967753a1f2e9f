package io.github.llmcache.benchmarks.report;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The ratio of a figure to its baseline, and how far it may be off.
 * <p>
 * The logarithms of the rounds' ratios are taken for normally distributed: {@code value}
 * is their mean, and {@code low} and {@code high} enclose the mean of another run of as
 * many rounds. With a probability of 99 %, that holds for all ratios of a report together
 * (Šidák, 1967). A few rounds say little about how much one ratio varies, so that they
 * are taken together with the usual variance of such ratios, which counts as much as
 * {@value #USUAL_FREEDOM} rounds more (moderated t, Smyth, 2004).
 *
 * @param value the geometric mean of the rounds' ratios
 * @param low the lower end
 * @param high the upper end
 */
record Ratio(double value, double low, double high) {

	private static final double CONFIDENCE = 0.99;

	private static final int USUAL_FREEDOM = 4;

	/**
	 * Estimate a ratio.
	 * @param rounds the ratios of the rounds
	 * @param usualVariance the variance that ratios of this kind have as a rule
	 * @param together how many ratios the spread has to hold for
	 */
	static Ratio of(RoundRatios rounds, double usualVariance, int together) {
		double mean = rounds.mean();
		if (rounds.count() == 1) {
			return new Ratio(Math.exp(mean), 0, Double.POSITIVE_INFINITY);
		}
		int freedom = rounds.count() - 1;
		double variance = (freedom * rounds.variance() + USUAL_FREEDOM * usualVariance) / (freedom + USUAL_FREEDOM);
		double error = 1 - Math.pow(CONFIDENCE, 1.0 / together);
		double quantile = TDistribution.of(freedom + USUAL_FREEDOM).inverseSurvivalProbability(error / 2);
		double margin = quantile * Math.sqrt(variance * 2 / rounds.count());
		return new Ratio(Math.exp(mean), Math.exp(mean - margin), Math.exp(mean + margin));
	}

	/**
	 * Whether another run's ratio is within the spread.
	 */
	boolean encloses(double other) {
		return this.low <= other && other <= this.high;
	}

}
