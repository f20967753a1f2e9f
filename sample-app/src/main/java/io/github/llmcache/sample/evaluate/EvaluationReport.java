package io.github.llmcache.sample.evaluate;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found out, as it is written as JSON.
 *
 * @param total all pairs
 * @param sources the same for each source, by name
 * @param categories the same for each category, by name
 * @param refusals how many pairs were not served, by reason
 * @param curve what could be served for how many errors
 */
record EvaluationReport(Figures total, Map<String, Figures> sources, Map<String, Figures> categories,
		Map<String, Long> refusals, Curve curve) {

	/**
	 * Rates are between 0 and 1, or {@code null} if there is nothing to divide by.
	 *
	 * @param pairs number of pairs
	 * @param recall share of those that were served among those that may be
	 * @param wrongShare share of those that were served among those that must not be
	 * @param precision share of those that may be served among those that were
	 * @param recallAtPrecision the highest recall that a minimum similarity gives at
	 * which precision is at least that of the key; 0 if there is none
	 */
	record Figures(long pairs, @Nullable Double recall, @Nullable Double wrongShare, @Nullable Double precision,
			Map<String, @Nullable Double> recallAtPrecision) {

	}

	/**
	 * What is served with the settings, and what would be if only the probability that
	 * both prompts ask for the same decided.
	 *
	 * @param setting with the settings
	 * @param points for each share of the pairs that must not be served, in per cent, the
	 * lowest probability at which no more of them are
	 */
	record Curve(Point setting, Map<String, Point> points) {

	}

	/**
	 * Shares are between 0 and 1, or {@code null} if there is nothing to divide by.
	 *
	 * @param probability from which probability on pairs are served; {@code null} if
	 * something else decides, or if none are
	 * @param served share of those that were served among those that may be
	 * @param wrong share of those that were served among those that must not be
	 * @param wrongByCategory the same for each category with such pairs, by name
	 */
	record Point(@Nullable Double probability, @Nullable Double served, @Nullable Double wrong,
			Map<String, @Nullable Double> wrongByCategory) {

	}

}
