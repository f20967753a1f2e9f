package io.github.llmcache.metrics;

import java.time.Duration;

import io.github.llmcache.cost.Prices;

/**
 * Adds up what recorders added up, and prices it. Used by one thread.
 */
final class CostSum {

	private final Prices prices;

	private long inputTokens;

	private long outputTokens;

	private long estimatedTokens;

	private long countedHits;

	private long pricedHits;

	private double moneySaved;

	private long lookupNanos;

	private long nanosSaved;

	private long searches;

	private long judgeCalls;

	private long semanticLookups;

	private long semanticNanos;

	private long semanticHits;

	private long semanticNanosSaved;

	private long semanticPricedHits;

	private double semanticMoneySaved;

	CostSum(Prices prices) {
		this.prices = prices;
	}

	void add(TaskRecorder task) {
		CostRecorder recorder = task.cost;
		this.inputTokens += recorder.inputTokens.sum();
		this.outputTokens += recorder.outputTokens.sum();
		this.estimatedTokens += recorder.estimatedTokens.sum();
		this.countedHits += recorder.countedHits.sum();
		this.pricedHits += recorder.pricedHits.sum();
		this.moneySaved += recorder.moneySaved.sum();
		this.lookupNanos += task.lookupNanos();
		this.nanosSaved += recorder.nanosSaved.sum();
		this.searches += recorder.searches.sum();
		this.judgeCalls += task.judgeCalls();
		this.semanticLookups += recorder.semanticLookups.sum();
		this.semanticNanos += recorder.semanticNanos.sum();
		this.semanticHits += task.semanticHits();
		this.semanticNanosSaved += recorder.semanticNanosSaved.sum();
		this.semanticPricedHits += recorder.semanticPricedHits.sum();
		this.semanticMoneySaved += recorder.semanticMoneySaved.sum();
	}

	CostStatistics cost() {
		Duration lookupTime = Duration.ofNanos(this.lookupNanos);
		return new CostStatistics(this.prices.currency(), this.inputTokens, this.outputTokens, this.estimatedTokens,
				this.countedHits, this.pricedHits, this.moneySaved, this.prices.ofLookups(lookupTime, this.searches),
				judgeCost(), Duration.ofNanos(this.nanosSaved), lookupTime);
	}

	SemanticBalance balance(Duration meanLoadTime) {
		Duration lookupTime = Duration.ofNanos(this.semanticNanos);
		double cost = this.prices.ofLookups(lookupTime, this.searches) + judgeCost();
		return SemanticBalance.of(this.semanticLookups, this.semanticHits, lookupTime,
				Duration.ofNanos(this.semanticNanosSaved), this.semanticPricedHits, this.semanticMoneySaved, cost,
				meanLoadTime, (this.pricedHits > 0) ? this.moneySaved / this.pricedHits : 0);
	}

	private double judgeCost() {
		return this.judgeCalls * this.prices.judgeCall();
	}

}
