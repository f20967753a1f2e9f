package io.github.llmcache.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.store.CacheStore.StoreUsage;

/**
 * What the cache did for one task, or for all of them together. Immutable.
 * <p>
 * The parts are read one after the other while calls go on, so they may differ from each
 * other by the calls of that moment. The maps have no entry for what never happened.
 *
 * @param lookups how often each outcome occurred, and how long the lookup took; every
 * outcome is there
 * @param loads how often the method ran and how long it took, including failures and
 * excluding cancelled loads
 * @param failedLoads how often it threw
 * @param timeSaved how long the method took when the entries were loaded that were then
 * served, once for each hit
 * @param bypasses why the cache was not consulted
 * @param semanticSkips why no similar prompt was looked for although the task is semantic
 * @param refusals why candidates were not served
 * @param stored how many answers were stored
 * @param rejections why others were not
 * @param evictions why entries were removed, in entries; a shared store may notify one
 * instance only
 * @param judgements how often a judge was asked, or could not be asked, by what came of
 * it, and how long it took, or was waited for
 * @param failures which parts of the cache failed
 * @param usage what is stored now; {@code null} if the store could not report it
 * @param cost what hits saved, and what the cache cost
 * @param semantic whether matching other wordings saves more than it costs
 */
public record TaskStatistics(Map<Outcome, Timing> lookups, Timing loads, long failedLoads, Duration timeSaved,
		Map<String, Long> bypasses, Map<String, Long> semanticSkips, Map<String, Long> refusals, long stored,
		Map<String, Long> rejections, Map<EvictionEvent.Cause, Long> evictions,
		Map<JudgeEvent.Result, Timing> judgements, Map<FailureEvent.Part, Long> failures, @Nullable StoreUsage usage,
		CostStatistics cost, SemanticBalance semantic) {

	/**
	 * Nothing happened, and nothing is stored.
	 */
	public static final TaskStatistics NONE = new TaskStatistics(Map.of(), Timing.NONE, 0, Duration.ZERO, Map.of(),
			Map.of(), Map.of(), 0, Map.of(), Map.of(), Map.of(), Map.of(), new StoreUsage(0, 0), CostStatistics.NONE,
			SemanticBalance.NONE);

	public TaskStatistics {
		Map<Outcome, Timing> complete = new EnumMap<>(Outcome.class);
		for (Outcome outcome : Outcome.values()) {
			complete.put(outcome, lookups.getOrDefault(outcome, Timing.NONE));
		}
		lookups = Map.copyOf(complete);
		bypasses = Map.copyOf(bypasses);
		semanticSkips = Map.copyOf(semanticSkips);
		refusals = Map.copyOf(refusals);
		rejections = Map.copyOf(rejections);
		evictions = Map.copyOf(evictions);
		judgements = Map.copyOf(judgements);
		failures = Map.copyOf(failures);
	}

	/**
	 * How many calls had an outcome.
	 * @param outcome the outcome
	 * @return the number of calls
	 */
	public long count(Outcome outcome) {
		return this.lookups.getOrDefault(outcome, Timing.NONE).count();
	}

	/**
	 * How many calls there were.
	 * @return the sum over all outcomes
	 */
	public long requests() {
		return this.lookups.values().stream().mapToLong(Timing::count).sum();
	}

	/**
	 * How many calls were answered from the cache.
	 * @return the sum over the outcomes that are hits
	 */
	public long hits() {
		long hits = 0;
		for (Outcome outcome : Outcome.values()) {
			hits += outcome.isHit() ? count(outcome) : 0;
		}
		return hits;
	}

	/**
	 * The share of hits among the calls for which the cache was consulted.
	 * @return hits / (hits + misses), between 0 and 1; 0 if there was neither. Bypasses
	 * do not count.
	 */
	public double hitRate() {
		long hits = hits();
		long consulted = hits + count(Outcome.MISS);
		return (consulted != 0) ? (double) hits / consulted : 0;
	}

}
