package io.github.llmcache.sample.web;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.Reliability;
import io.github.llmcache.sample.router.Ledger;

/**
 * What happened since the application started.
 *
 * @param requests number of requests
 * @param hitRate share of them that was answered from the cache
 * @param outcomes number of requests by outcome
 * @param modelCalls how often a model was asked
 * @param timeSavedSeconds how much longer everything would have taken without the cache
 * @param moneySpent what the models cost, in dollars
 * @param moneySaved what they would have cost in addition without the cache, in dollars
 * @param reliability how many semantic hits of a task were compared with fresh answers,
 * and how many of them were wrong, by task; tasks that are not measured are left out
 */
record StatsResponse(long requests, double hitRate, Map<String, Long> outcomes, long modelCalls,
		double timeSavedSeconds, double moneySpent, double moneySaved, Map<String, Reliability> reliability) {

	static StatsResponse of(Ledger.Balance balance, Map<String, Reliability> reliability) {
		Map<String, Long> outcomes = new TreeMap<>();
		for (Outcome outcome : Outcome.values()) {
			outcomes.put(outcome.name().toLowerCase(Locale.ROOT), balance.count(outcome));
		}
		long requests = balance.requests();
		double hitRate = (requests > 0) ? (double) balance.hits() / requests : 0;
		return new StatsResponse(requests, hitRate, outcomes, requests - balance.hits(),
				balance.timeSaved().toMillis() / 1000.0, balance.spent(), balance.saved(), reliability);
	}

}
