package io.github.llmcache.calibration;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Exact confidence bounds of a share, one-sided, 95 % (C. J. Clopper and E. S. Pearson,
 * 1934). Public for programs that measure how often hits are wrong.
 */
public final class ClopperPearson {

	private static final double CONFIDENCE = 0.95;

	private ClopperPearson() {
	}

	/**
	 * The bound below which the true share lies.
	 * @param events how many of the trials had the property
	 * @param trials how many trials there were
	 * @return the bound, between 0 and 1; 1 if there were no trials
	 */
	public static double upperBound(long events, long trials) {
		return (events < trials)
				? BetaDistribution.of(events + 1.0, trials - events).inverseCumulativeProbability(CONFIDENCE) : 1;
	}

	/**
	 * The bound above which the true share lies.
	 * @param events how many of the trials had the property
	 * @param trials how many trials there were
	 * @return the bound, between 0 and 1; 0 if there were no events
	 */
	public static double lowerBound(long events, long trials) {
		return (events > 0)
				? BetaDistribution.of(events, trials - events + 1.0).inverseCumulativeProbability(1 - CONFIDENCE) : 0;
	}

}
