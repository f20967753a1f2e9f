package io.github.llmcache.sample.replay;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a replay found out, as it is written as JSON.
 *
 * @param total all requests
 * @param tasks the same for each task, by name
 * @param judgeCalls how often the simulated judge was asked; left out if there is none
 */
record ReplayReport(Figures total, Map<String, Figures> tasks,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long judgeCalls) {

	/**
	 * Rates are between 0 and 1 and, if not said otherwise, shares of all requests.
	 *
	 * @param requests number of requests
	 * @param exactHitRate rate of exact hits
	 * @param semanticHitRate rate of semantic hits
	 * @param hitRate rate of both
	 * @param oracleHitRate rate of requests whose answer had been computed before
	 * @param capture which share was served of what a cache without semantic matching
	 * leaves: (right hits - audits - exact hits of such a cache) / (oracle hits - exact
	 * hits of such a cache); {@code null} if it leaves nothing
	 * @param audits number of hits for which the model was asked as well
	 * @param wrongHits number of hits with a wrong answer
	 * @param wrongAmongSemantic share of wrong answers among the semantic hits; 0 if
	 * there are none
	 * @param wrongAmongSemanticUpper95 the one-sided 95 % Clopper-Pearson bound of it; 1
	 * if there are none
	 * @param latencyMillis how long calls took by outcome, the model not counted
	 * @param timeSavedSeconds what the models would have taken for the right hits, less
	 * what the cache took for all requests
	 * @param moneySaved what the models would have cost for the right hits, in dollars
	 */
	record Figures(long requests, double exactHitRate, double semanticHitRate, double hitRate, double oracleHitRate,
			@Nullable Double capture, long audits, long wrongHits, double wrongAmongSemantic,
			double wrongAmongSemanticUpper95, LatencyMillis latencyMillis, double timeSavedSeconds, double moneySaved) {

	}

	record LatencyMillis(Percentiles exact, Percentiles semantic, Percentiles miss) {

	}

	/**
	 * Percentiles; {@code null} if there was nothing to measure.
	 */
	record Percentiles(@Nullable Double p50, @Nullable Double p95, @Nullable Double p99) {

	}

}
