package io.github.llmcache.sample.replay;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The exact confidence bound of a share (C. J. Clopper and E. S. Pearson, 1934).
 */
final class ClopperPearson {

	private static final double CONFIDENCE = 0.95;

	private ClopperPearson() {
	}

	/**
	 * The bound below which the true share lies with 95 % confidence, one-sided.
	 * @param events how many of the trials had the property
	 * @param trials how many trials there were
	 * @return the bound, between 0 and 1; 1 if there were no trials
	 */
	static double upperBound(long events, long trials) {
		if (events >= trials) {
			return 1;
		}
		return BetaDistribution.of(events + 1.0, trials - events).inverseCumulativeProbability(CONFIDENCE);
	}

}
