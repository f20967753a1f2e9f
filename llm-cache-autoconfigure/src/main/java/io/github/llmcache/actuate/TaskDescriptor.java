package io.github.llmcache.actuate;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.Reliability;
import io.github.llmcache.metrics.CostStatistics;
import io.github.llmcache.metrics.SemanticBalance;
import io.github.llmcache.metrics.TaskStatistics;
import io.github.llmcache.metrics.Timing;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.CacheStore.StoreUsage;

/**
 * What the endpoint reports of one task, or of all of them together. See
 * {@link TaskStatistics} for the meaning; words are in lower case.
 *
 * @param requests number of calls
 * @param hits number of calls answered from the cache
 * @param hitRate hits / (hits + misses), between 0 and 1
 * @param outcomes number of calls by outcome
 * @param entries number of entries; {@code null} if the store could not report it
 * @param bytes their estimated memory in bytes; {@code null} if the store could not
 * report it
 * @param stored number of answers stored
 * @param rejections number of answers not stored, by reason
 * @param bypasses number of calls without a lookup, by reason
 * @param semanticSkips number of lookups without the semantic step, by reason
 * @param refusals number of candidates that were not served, by reason
 * @param evictions number of entries removed, by cause
 * @param judgements questions to a judge by what came of them; only what occurred
 * @param failures number of failures by part of the cache
 * @param lookups how long lookups took, by outcome; only outcomes that occurred
 * @param loads how long the method took
 * @param failedLoads how often the method threw
 * @param timeSavedMillis how long the method took when the served entries were loaded
 * @param cost what hits saved, and what the cache cost
 * @param semantic whether matching other wordings pays, if there were any lookups for it
 * @param policy how the task is cached, if that is known
 * @param reliability how reliable its semantic hits are, if answers were compared
 */
public record TaskDescriptor(long requests, long hits, double hitRate, Map<String, Long> outcomes,
		@Nullable Long entries, @Nullable Long bytes, long stored, Map<String, Long> rejections,
		Map<String, Long> bypasses, Map<String, Long> semanticSkips, Map<String, Long> refusals,
		Map<String, Long> evictions, Map<String, TimingDescriptor> judgements, Map<String, Long> failures,
		Map<String, TimingDescriptor> lookups, TimingDescriptor loads, long failedLoads, double timeSavedMillis,
		CostDescriptor cost, @Nullable SemanticDescriptor semantic, @Nullable PolicyDescriptor policy,
		@Nullable ReliabilityDescriptor reliability) implements OperationResponseBody {

	static TaskDescriptor of(TaskStatistics statistics, @Nullable CachePolicy policy,
			@Nullable Reliability reliability) {
		Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
		Map<String, TimingDescriptor> lookups = new TreeMap<>();
		statistics.lookups().forEach((outcome, timing) -> {
			outcomes.put(outcome, timing.count());
			if (timing.count() > 0) {
				lookups.put(word(outcome), TimingDescriptor.of(timing));
			}
		});
		StoreUsage usage = statistics.usage();
		return new TaskDescriptor(statistics.requests(), statistics.hits(), statistics.hitRate(), words(outcomes),
				(usage != null) ? usage.entries() : null, (usage != null) ? usage.bytes() : null, statistics.stored(),
				new TreeMap<>(statistics.rejections()), new TreeMap<>(statistics.bypasses()),
				new TreeMap<>(statistics.semanticSkips()), new TreeMap<>(statistics.refusals()),
				words(statistics.evictions()), judgements(statistics), words(statistics.failures()), lookups,
				TimingDescriptor.of(statistics.loads()), statistics.failedLoads(), millis(statistics.timeSaved()),
				CostDescriptor.of(statistics.cost()), SemanticDescriptor.of(statistics.semantic()),
				(policy != null) ? PolicyDescriptor.of(policy) : null,
				(reliability != null) ? ReliabilityDescriptor.of(reliability) : null);
	}

	private static Map<String, TimingDescriptor> judgements(TaskStatistics statistics) {
		Map<String, TimingDescriptor> judgements = new TreeMap<>();
		statistics.judgements().forEach((result, timing) -> judgements.put(word(result), TimingDescriptor.of(timing)));
		return judgements;
	}

	private static Map<String, Long> words(Map<? extends Enum<?>, Long> counts) {
		Map<String, Long> words = new TreeMap<>();
		counts.forEach((constant, count) -> words.put(word(constant), count));
		return words;
	}

	static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1_000 / 1_000.0;
	}

	/**
	 * How long something took, in milliseconds with three decimals.
	 *
	 * @param count how often it happened
	 * @param meanMillis the arithmetic mean
	 * @param p50Millis the median
	 * @param p95Millis the 95th percentile
	 * @param p99Millis the 99th percentile
	 * @param maxMillis the longest
	 */
	public record TimingDescriptor(long count, double meanMillis, double p50Millis, double p95Millis, double p99Millis,
			double maxMillis) {

		static TimingDescriptor of(Timing timing) {
			return new TimingDescriptor(timing.count(), millis(timing.mean()), millis(timing.p50()),
					millis(timing.p95()), millis(timing.p99()), millis(timing.max()));
		}

	}

	private static double money(double amount) {
		return Math.rint(amount * 1_000_000) / 1_000_000;
	}

	/**
	 * What hits saved, and what the cache cost, see {@link CostStatistics}. Amounts have
	 * six decimals.
	 *
	 * @param currency the currency of all amounts
	 * @param inputTokensSaved tokens that the model did not have to read
	 * @param outputTokensSaved tokens that it did not have to write
	 * @param estimatedTokens how many of both are estimates
	 * @param countedHits for how many hits the tokens are known or estimated
	 * @param pricedHits for how many of these the model has a price
	 * @param moneySaved what the tokens of these would have cost; {@code null} if no hit
	 * has a price
	 * @param lookupCost what lookups cost
	 * @param judgeCost what questions to a judge cost
	 * @param moneySavedNet what was saved after what the cache cost; {@code null} if no
	 * hit has a price
	 * @param timeSavedMillis how long the method took when the served entries were loaded
	 * @param lookupMillis how long all lookups took
	 * @param timeSavedNetMillis the difference of the two
	 */
	public record CostDescriptor(String currency, long inputTokensSaved, long outputTokensSaved, long estimatedTokens,
			long countedHits, long pricedHits, @Nullable Double moneySaved, double lookupCost, double judgeCost,
			@Nullable Double moneySavedNet, double timeSavedMillis, double lookupMillis, double timeSavedNetMillis) {

		static CostDescriptor of(CostStatistics cost) {
			Double net = cost.moneySavedNet();
			return new CostDescriptor(cost.currency(), cost.inputTokens(), cost.outputTokens(), cost.estimatedTokens(),
					cost.countedHits(), cost.pricedHits(), (net != null) ? money(cost.moneySaved()) : null,
					money(cost.lookupCost()), money(cost.judgeCost()), (net != null) ? money(net) : null,
					millis(cost.timeSaved()), millis(cost.lookupTime()), millis(cost.timeSavedNet()));
		}

	}

	/**
	 * Whether matching other wordings saves more than it costs, see
	 * {@link SemanticBalance}.
	 *
	 * @param lookups lookups for which similar prompts were searched, or which were
	 * served another wording
	 * @param hits how many of them were served another wording
	 * @param lookupMillis how long they took
	 * @param timeSavedMillis how long the method took for what they were served
	 * @param moneySaved what that cost; {@code null} if no hit has a price
	 * @param cost what these lookups and questions to a judge cost
	 * @param worth {@code undecided}, {@code pays}, {@code costs_time},
	 * {@code costs_money} or {@code costs_both}
	 */
	public record SemanticDescriptor(long lookups, long hits, double lookupMillis, double timeSavedMillis,
			@Nullable Double moneySaved, double cost, String worth) {

		static @Nullable SemanticDescriptor of(SemanticBalance balance) {
			return (balance.lookups() == 0) ? null
					: new SemanticDescriptor(balance.lookups(), balance.hits(), millis(balance.lookupTime()),
							millis(balance.timeSaved()),
							(balance.pricedHits() > 0) ? money(balance.moneySaved()) : null, money(balance.cost()),
							word(balance.worth()));
		}

	}

	/**
	 * How a task is cached.
	 *
	 * @param ttlMillis how long an answer may be served
	 * @param refreshAfterMillis age from which on an answer is loaded again in the
	 * background; 0 for never
	 * @param staleIfErrorMillis how long beyond its TTL an answer is served if the method
	 * fails
	 * @param semantic whether another wording of the prompt may be served
	 * @param minSimilarity the lowest cosine similarity of a candidate, between 0 and 1
	 * @param maxCandidates how many candidates are verified at most
	 * @param maxPayloadBytes the largest answer that is stored
	 * @param evidence what may outweigh the verifier's refusal: {@code verifier}
	 * (nothing), {@code corroborated} or {@code auto}
	 * @param errorBudget the highest share of wrong semantic hits
	 * @param auditRate the share of semantic hits that the method answers as well
	 */
	public record PolicyDescriptor(long ttlMillis, long refreshAfterMillis, long staleIfErrorMillis, boolean semantic,
			double minSimilarity, int maxCandidates, long maxPayloadBytes, String evidence, double errorBudget,
			double auditRate) {

		static PolicyDescriptor of(CachePolicy policy) {
			return new PolicyDescriptor(policy.ttl().toMillis(), policy.staleness().refreshAfter().toMillis(),
					policy.staleness().ifError().toMillis(), policy.semantic(), policy.minSimilarity(),
					policy.maxCandidates(), policy.maxPayload(), word(policy.accuracy().evidence()),
					policy.accuracy().errorBudget(), policy.accuracy().auditRate());
		}

	}

	/**
	 * How reliable semantic hits are, see {@link Reliability}.
	 *
	 * @param state {@code default}, {@code calibrated} or {@code suspended}
	 * @param threshold lowest probability at which candidates are served although the
	 * verifier refuses them; {@code null} if none are
	 * @param compared number of answers that were compared and judged
	 * @param wrong how many of them were wrong
	 * @param unknown how many more were compared but could not be judged
	 * @param wrongShare wrong / compared
	 * @param wrongShareLower95 lower bound of the share, with 95 % confidence, even if
	 * all that could not be judged were right
	 * @param wrongShareUpper95 upper bound of the share, with 95 % confidence, among
	 * those that can be judged
	 * @param caution how much surer than the settings say the paraphrase model has to be,
	 * as a factor of the odds, between 1 and 3
	 */
	public record ReliabilityDescriptor(String state, @Nullable Double threshold, long compared, long wrong,
			long unknown, double wrongShare, double wrongShareLower95, double wrongShareUpper95, double caution) {

		static ReliabilityDescriptor of(Reliability reliability) {
			return new ReliabilityDescriptor(word(reliability.state()), reliability.threshold(), reliability.compared(),
					reliability.wrong(), reliability.unknown(), reliability.share(), reliability.lower95(),
					reliability.upper95(), reliability.caution());
		}

	}

}
