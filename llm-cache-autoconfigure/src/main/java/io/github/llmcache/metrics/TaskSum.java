package io.github.llmcache.metrics;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.cost.Prices;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.store.CacheStore.StoreUsage;

/**
 * Adds up what recorders counted. Used by one thread.
 */
final class TaskSum {

	private final Map<Outcome, TimingRecorder.Sum> lookups = new EnumMap<>(Outcome.class);

	private final TimingRecorder.Sum loads = new TimingRecorder.Sum();

	private long failedLoads;

	private final CostSum cost;

	private final Map<String, Long> bypasses = new HashMap<>();

	private final Map<String, Long> semanticSkips = new HashMap<>();

	private final Map<String, Long> refusals = new HashMap<>();

	private long stored;

	private final Map<String, Long> rejections = new HashMap<>();

	private final Map<EvictionEvent.Cause, Long> evictions = new EnumMap<>(EvictionEvent.Cause.class);

	private final Map<JudgeEvent.Result, TimingRecorder.Sum> judgements = new EnumMap<>(JudgeEvent.Result.class);

	private final Map<FailureEvent.Part, Long> failures = new EnumMap<>(FailureEvent.Part.class);

	private long entries;

	private long bytes;

	TaskSum(Prices prices) {
		this.cost = new CostSum(prices);
	}

	void add(TaskRecorder recorder) {
		recorder.lookups.forEach((outcome,
				timing) -> this.lookups.computeIfAbsent(outcome, (key) -> new TimingRecorder.Sum()).add(timing));
		this.loads.add(recorder.loads);
		this.failedLoads += recorder.failedLoads.sum();
		this.cost.add(recorder);
		recorder.bypasses.addTo(this.bypasses);
		recorder.semanticSkips.addTo(this.semanticSkips);
		recorder.refusals.addTo(this.refusals);
		this.stored += recorder.stored.sum();
		recorder.rejections.addTo(this.rejections);
		recorder.evictions.forEach((cause, count) -> this.evictions.merge(cause, count.sum(), Long::sum));
		recorder.judgements.forEach((result,
				timing) -> this.judgements.computeIfAbsent(result, (key) -> new TimingRecorder.Sum()).add(timing));
		recorder.failures.forEach((part, count) -> this.failures.merge(part, count.sum(), Long::sum));
	}

	void add(StoreUsage usage) {
		this.entries += usage.entries();
		this.bytes += usage.bytes();
	}

	TaskStatistics statistics(boolean usageKnown) {
		Map<Outcome, Timing> timings = new EnumMap<>(Outcome.class);
		this.lookups.forEach((outcome, sum) -> timings.put(outcome, sum.timing()));
		Map<JudgeEvent.Result, Timing> judged = new EnumMap<>(JudgeEvent.Result.class);
		this.judgements.forEach((result, sum) -> judged.put(result, sum.timing()));
		Timing loaded = this.loads.timing();
		CostStatistics costs = this.cost.cost();
		return new TaskStatistics(timings, loaded, this.failedLoads, costs.timeSaved(), this.bypasses,
				this.semanticSkips, this.refusals, this.stored, this.rejections, this.evictions, judged, this.failures,
				usageKnown ? new StoreUsage(this.entries, this.bytes) : null, costs, this.cost.balance(loaded.mean()));
	}

}
