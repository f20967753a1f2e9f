package io.github.llmcache.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.cost.Prices;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.LoadEvent.Result;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.StoreEvent;

/**
 * Counts the events of one task. Everything is made on first use: most tasks see few of
 * the outcomes, and a {@link TimingRecorder} is not small.
 */
final class TaskRecorder implements LlmCacheListener {

	final Map<Outcome, TimingRecorder> lookups = new ConcurrentHashMap<>();

	final TimingRecorder loads = new TimingRecorder();

	final LongAdder failedLoads = new LongAdder();

	final CostRecorder cost;

	final ReasonCounter bypasses = new ReasonCounter();

	final ReasonCounter semanticSkips = new ReasonCounter();

	final ReasonCounter refusals = new ReasonCounter();

	final LongAdder stored = new LongAdder();

	final ReasonCounter rejections = new ReasonCounter();

	final Map<EvictionEvent.Cause, LongAdder> evictions = new ConcurrentHashMap<>();

	final Map<JudgeEvent.Result, TimingRecorder> judgements = new ConcurrentHashMap<>();

	final Map<FailureEvent.Part, LongAdder> failures = new ConcurrentHashMap<>();

	TaskRecorder(String task, Prices prices) {
		this.cost = new CostRecorder(task, prices);
	}

	@Override
	public void onLookup(LookupEvent event) {
		TimingRecorder recorder = this.lookups.get(event.outcome());
		if (recorder == null) {
			recorder = this.lookups.computeIfAbsent(event.outcome(), (outcome) -> new TimingRecorder());
		}
		recorder.record(event.lookupTime());
		this.cost.onLookup(event, this);
		if (event.reason() != null) {
			this.bypasses.increment(event.reason());
		}
		if (event.semanticSkip() != null) {
			this.semanticSkips.increment(event.semanticSkip());
		}
		if (!event.refusals().isEmpty()) {
			event.refusals().forEach(this.refusals::increment);
		}
	}

	@Override
	public void onLoad(LoadEvent event) {
		if (event.result() == Result.CANCELLED) {
			return; // how long it would have taken is not known
		}
		this.loads.record(event.loadTime());
		if (event.result() == Result.FAILURE) {
			this.failedLoads.increment();
		}
	}

	@Override
	public void onStore(StoreEvent event) {
		if (event.rejection() == null) {
			this.stored.increment();
		}
		else {
			this.rejections.increment(event.rejection());
		}
	}

	@Override
	public void onEviction(EvictionEvent event) {
		this.evictions.computeIfAbsent(event.cause(), (cause) -> new LongAdder()).add(event.entries());
	}

	@Override
	public void onJudge(JudgeEvent event) {
		this.judgements.computeIfAbsent(event.result(), (result) -> new TimingRecorder()).record(event.time());
	}

	@Override
	public void onFailure(FailureEvent event) {
		this.failures.computeIfAbsent(event.part(), (part) -> new LongAdder()).increment();
	}

	/** How long all lookups took. */
	long lookupNanos() {
		return this.lookups.values().stream().mapToLong(TimingRecorder::nanos).sum();
	}

	long semanticHits() {
		TimingRecorder recorder = this.lookups.get(Outcome.SEMANTIC);
		return (recorder != null) ? recorder.count() : 0;
	}

	/** How often a judge was asked. */
	long judgeCalls() {
		return this.judgements.entrySet()
			.stream()
			.filter((judged) -> judged.getKey().isCall())
			.mapToLong((judged) -> judged.getValue().count())
			.sum();
	}

}
