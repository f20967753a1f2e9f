package io.github.llmcache.metrics;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What hits saved, and what the cache cost. Immutable.
 * <p>
 * A hit saves what its entry took when it was loaded. A hit that the method answers as
 * well, for an audit, saves no tokens.
 *
 * @param currency the currency of all amounts, such as {@code USD}
 * @param inputTokens tokens that the model did not have to read
 * @param outputTokens tokens that it did not have to write
 * @param estimatedTokens how many of both are estimates, not numbers of the model
 * @param countedHits for how many hits the tokens are known or estimated
 * @param pricedHits for how many of these the model has a price
 * @param moneySaved what the tokens of these would have cost
 * @param lookupCost what lookups cost, by their time and their searches
 * @param judgeCost what questions to a judge cost
 * @param timeSaved how long the method took when the served entries were loaded
 * @param lookupTime how long all lookups took, hits and misses
 */
public record CostStatistics(String currency, long inputTokens, long outputTokens, long estimatedTokens,
		long countedHits, long pricedHits, double moneySaved, double lookupCost, double judgeCost, Duration timeSaved,
		Duration lookupTime) {

	/**
	 * Nothing was saved, and nothing spent.
	 */
	public static final CostStatistics NONE = new CostStatistics("USD", 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO,
			Duration.ZERO);

	/**
	 * What was saved after what the cache cost.
	 * @return the amount, which may be negative; {@code null} if no hit has a price
	 */
	public @Nullable Double moneySavedNet() {
		return (this.pricedHits > 0) ? this.moneySaved - this.lookupCost - this.judgeCost : null;
	}

	/**
	 * The time that was saved after what lookups took.
	 * @return the time, which may be negative
	 */
	public Duration timeSavedNet() {
		return this.timeSaved.minus(this.lookupTime);
	}

}
