package io.github.llmcache.metrics;

import java.util.function.Function;

import io.github.llmcache.event.AuditEvent;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.ReliabilityEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.event.WaitEvent;

/**
 * Hands each event to the listener of its task, up to {@value #MAX_TASKS} tasks; further
 * ones share one.
 */
abstract class PerTaskListener<L extends LlmCacheListener> implements LlmCacheListener {

	static final int MAX_TASKS = 256;

	private final BoundedMap<L> tasks;

	PerTaskListener(Function<String, L> factory) {
		this.tasks = new BoundedMap<>(MAX_TASKS, factory);
	}

	final BoundedMap<L> tasks() {
		return this.tasks;
	}

	@Override
	public final void onLookup(LookupEvent event) {
		this.tasks.get(event.task()).onLookup(event);
	}

	@Override
	public final void onWait(WaitEvent event) {
		this.tasks.get(event.task()).onWait(event);
	}

	@Override
	public final void onLoad(LoadEvent event) {
		this.tasks.get(event.task()).onLoad(event);
	}

	@Override
	public final void onStore(StoreEvent event) {
		this.tasks.get(event.task()).onStore(event);
	}

	@Override
	public final void onEviction(EvictionEvent event) {
		this.tasks.get(event.task()).onEviction(event);
	}

	@Override
	public final void onAudit(AuditEvent event) {
		this.tasks.get(event.task()).onAudit(event);
	}

	@Override
	public final void onReliability(ReliabilityEvent event) {
		this.tasks.get(event.task()).onReliability(event);
	}

	@Override
	public final void onFailure(FailureEvent event) {
		this.tasks.get(event.task()).onFailure(event);
	}

}
