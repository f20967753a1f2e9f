package io.github.llmcache.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.llmcache.event.AuditEvent;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.FeedbackEvent;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.ReliabilityEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.event.WaitEvent;

/**
 * Keeps the events that it is notified of.
 */
public final class RecordingListener implements LlmCacheListener {

	public final List<LookupEvent> lookups = new CopyOnWriteArrayList<>();

	public final List<WaitEvent> waits = new CopyOnWriteArrayList<>();

	public final List<LoadEvent> loads = new CopyOnWriteArrayList<>();

	public final List<StoreEvent> stores = new CopyOnWriteArrayList<>();

	public final List<EvictionEvent> evictions = new CopyOnWriteArrayList<>();

	public final List<FailureEvent> failures = new CopyOnWriteArrayList<>();

	public final List<AuditEvent> audits = new CopyOnWriteArrayList<>();

	public final List<ReliabilityEvent> reliabilities = new CopyOnWriteArrayList<>();

	public final List<FeedbackEvent> feedback = new CopyOnWriteArrayList<>();

	public final List<JudgeEvent> judgements = new CopyOnWriteArrayList<>();

	@Override
	public void onJudge(JudgeEvent event) {
		this.judgements.add(event);
	}

	@Override
	public void onFeedback(FeedbackEvent event) {
		this.feedback.add(event);
	}

	@Override
	public void onAudit(AuditEvent event) {
		this.audits.add(event);
	}

	@Override
	public void onReliability(ReliabilityEvent event) {
		this.reliabilities.add(event);
	}

	@Override
	public void onLookup(LookupEvent event) {
		this.lookups.add(event);
	}

	@Override
	public void onWait(WaitEvent event) {
		this.waits.add(event);
	}

	@Override
	public void onLoad(LoadEvent event) {
		this.loads.add(event);
	}

	@Override
	public void onStore(StoreEvent event) {
		this.stores.add(event);
	}

	@Override
	public void onEviction(EvictionEvent event) {
		this.evictions.add(event);
	}

	@Override
	public void onFailure(FailureEvent event) {
		this.failures.add(event);
	}

	/**
	 * The parts that failed, in the order of time, each as often as it did.
	 */
	public List<FailureEvent.Part> failedParts() {
		return this.failures.stream().map(FailureEvent::part).toList();
	}

	/**
	 * Forget what happened so far.
	 */
	public void clear() {
		List.of(this.lookups, this.waits, this.loads, this.stores, this.evictions, this.failures, this.audits,
				this.reliabilities)
			.forEach(List::clear);
	}

	public LookupEvent lastLookup() {
		return this.lookups.get(this.lookups.size() - 1);
	}

	public StoreEvent lastStore() {
		return this.stores.get(this.stores.size() - 1);
	}

}
