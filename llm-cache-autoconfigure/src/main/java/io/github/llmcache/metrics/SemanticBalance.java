package io.github.llmcache.metrics;

import java.time.Duration;

import io.github.llmcache.calibration.ClopperPearson;

/**
 * Whether matching other wordings saves more than it costs. Immutable.
 *
 * @param lookups lookups for which similar prompts were searched, and those that were
 * served another wording without a search
 * @param hits how many of them were served an answer to another wording
 * @param lookupTime how long they took
 * @param timeSaved how long the method took when the entries were loaded that these hits
 * were served
 * @param pricedHits for how many of these hits the money is known
 * @param moneySaved what their answers cost
 * @param cost what these lookups and questions to a judge cost
 * @param worth whether it pays
 */
public record SemanticBalance(long lookups, long hits, Duration lookupTime, Duration timeSaved, long pricedHits,
		double moneySaved, double cost, Worth worth) {

	/**
	 * Nothing was searched.
	 */
	public static final SemanticBalance NONE = new SemanticBalance(0, 0, Duration.ZERO, Duration.ZERO, 0, 0, 0,
			Worth.UNDECIDED);

	/** The first lookups load classes. */
	private static final int FEWEST = 100;

	/**
	 * Weigh the saving against the cost, with 95 % confidence about the share of hits.
	 * @param meanLoadTime what a hit would save, if there was none
	 * @param meanPrice the same in money; 0 if it is not known
	 */
	static SemanticBalance of(long lookups, long hits, Duration lookupTime, Duration timeSaved, long pricedHits,
			double moneySaved, double cost, Duration meanLoadTime, double meanPrice) {
		double nanosSaved = (hits > 0) ? (double) timeSaved.toNanos() / hits : meanLoadTime.toNanos();
		double priceSaved = (pricedHits > 0) ? moneySaved / pricedHits : meanPrice;
		return new SemanticBalance(lookups, hits, lookupTime, timeSaved, pricedHits, moneySaved, cost,
				worth(lookups, hits, nanosSaved, lookupTime.toNanos(), priceSaved, cost));
	}

	private static Worth worth(long lookups, long hits, double nanosSaved, double nanos, double priceSaved,
			double cost) {
		if (lookups < FEWEST) {
			return Worth.UNDECIDED;
		}
		double most = lookups * ClopperPearson.upperBound(hits, lookups);
		boolean costsTime = nanosSaved > 0 && most * nanosSaved < nanos;
		boolean costsMoney = priceSaved > 0 && most * priceSaved < cost;
		if (costsTime || costsMoney) {
			return costsTime ? (costsMoney ? Worth.COSTS_BOTH : Worth.COSTS_TIME) : Worth.COSTS_MONEY;
		}
		double least = lookups * ClopperPearson.lowerBound(hits, lookups);
		return (least * nanosSaved > nanos && (priceSaved == 0 || least * priceSaved >= cost)) ? Worth.PAYS
				: Worth.UNDECIDED;
	}

	/**
	 * Whether semantic lookups pay. A task whose share of hits cannot pay for them, even
	 * if luck was bad up to now, costs.
	 */
	public enum Worth {

		/** Too little is known. */
		UNDECIDED,

		/** They save more than they cost. */
		PAYS,

		/** They take more time than they save. */
		COSTS_TIME,

		/** They cost more money than they save. */
		COSTS_MONEY,

		/** Both. */
		COSTS_BOTH;

		/**
		 * Whether the share of hits cannot pay for the lookups.
		 * @return {@code true} if they cost more than they save
		 */
		public boolean isLoss() {
			return this == COSTS_TIME || this == COSTS_MONEY || this == COSTS_BOTH;
		}

	}

}
