package io.github.llmcache.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.llmcache.event.AuditEvent;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.FeedbackEvent;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.event.LlmCacheEvent;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.ReliabilityEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.event.WaitEvent;

/**
 * Keeps the events that it is notified of, in the order in which they came. Safe for use
 * by many threads; the lists are copies.
 */
public final class RecordingListener implements LlmCacheListener {

	private final List<LlmCacheEvent> events = new CopyOnWriteArrayList<>();

	@Override
	public void onLookup(LookupEvent event) {
		this.events.add(event);
	}

	@Override
	public void onWait(WaitEvent event) {
		this.events.add(event);
	}

	@Override
	public void onLoad(LoadEvent event) {
		this.events.add(event);
	}

	@Override
	public void onStore(StoreEvent event) {
		this.events.add(event);
	}

	@Override
	public void onEviction(EvictionEvent event) {
		this.events.add(event);
	}

	@Override
	public void onAudit(AuditEvent event) {
		this.events.add(event);
	}

	@Override
	public void onJudge(JudgeEvent event) {
		this.events.add(event);
	}

	@Override
	public void onReliability(ReliabilityEvent event) {
		this.events.add(event);
	}

	@Override
	public void onFeedback(FeedbackEvent event) {
		this.events.add(event);
	}

	@Override
	public void onFailure(FailureEvent event) {
		this.events.add(event);
	}

	/**
	 * All events of a type.
	 * @param <E> the type
	 * @param type its class
	 * @return the events so far
	 */
	public <E extends LlmCacheEvent> List<E> events(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/**
	 * How calls were answered.
	 * @return the events so far
	 */
	public List<LookupEvent> lookups() {
		return events(LookupEvent.class);
	}

	/**
	 * Which calls waited for others.
	 * @return the events so far
	 */
	public List<WaitEvent> waits() {
		return events(WaitEvent.class);
	}

	/**
	 * Which methods ran.
	 * @return the events so far
	 */
	public List<LoadEvent> loads() {
		return events(LoadEvent.class);
	}

	/**
	 * What was stored or rejected.
	 * @return the events so far
	 */
	public List<StoreEvent> stores() {
		return events(StoreEvent.class);
	}

	/**
	 * What was evicted.
	 * @return the events so far
	 */
	public List<EvictionEvent> evictions() {
		return events(EvictionEvent.class);
	}

	/**
	 * Which semantic hits were compared with fresh answers.
	 * @return the events so far
	 */
	public List<AuditEvent> audits() {
		return events(AuditEvent.class);
	}

	/**
	 * What a judge was asked.
	 * @return the events so far
	 */
	public List<JudgeEvent> judgements() {
		return events(JudgeEvent.class);
	}

	/**
	 * Which tasks serve more or less than before.
	 * @return the events so far
	 */
	public List<ReliabilityEvent> reliabilities() {
		return events(ReliabilityEvent.class);
	}

	/**
	 * What was said of answers.
	 * @return the events so far
	 */
	public List<FeedbackEvent> feedback() {
		return events(FeedbackEvent.class);
	}

	/**
	 * What failed.
	 * @return the events so far
	 */
	public List<FailureEvent> failures() {
		return events(FailureEvent.class);
	}

	/**
	 * The parts that failed, each as often as it did.
	 * @return the parts, in the order of time
	 */
	public List<FailureEvent.Part> failedParts() {
		return failures().stream().map(FailureEvent::part).toList();
	}

	/**
	 * How the last call was answered.
	 * @return the last event
	 * @throws AssertionError if no call was looked up
	 */
	public LookupEvent lastLookup() {
		return last(LookupEvent.class, "No call was looked up: is the method annotated, and called from another bean?");
	}

	/**
	 * What became of the last answer that was loaded.
	 * @return the last event
	 * @throws AssertionError if no answer was stored or rejected
	 */
	public StoreEvent lastStore() {
		return last(StoreEvent.class, "No answer was stored or rejected");
	}

	/**
	 * Forget what happened so far.
	 */
	public void clear() {
		this.events.clear();
	}

	private <E extends LlmCacheEvent> E last(Class<E> type, String otherwise) {
		List<E> events = events(type);
		if (events.isEmpty()) {
			throw new AssertionError(otherwise);
		}
		return events.get(events.size() - 1);
	}

}
