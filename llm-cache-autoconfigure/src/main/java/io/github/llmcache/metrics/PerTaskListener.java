package io.github.llmcache.metrics;

import java.util.function.Function;

import io.github.llmcache.event.ForwardingLlmCacheListener;
import io.github.llmcache.event.LlmCacheEvent;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.platform.BoundedMap;

/**
 * Hands each event to the listener of its task, up to {@value #MAX_TASKS} tasks; further
 * ones share one.
 */
abstract class PerTaskListener<L extends LlmCacheListener> extends ForwardingLlmCacheListener {

	static final int MAX_TASKS = 256;

	private final BoundedMap<L> tasks;

	PerTaskListener(Function<String, L> factory) {
		this.tasks = new BoundedMap<>(MAX_TASKS, factory);
	}

	final BoundedMap<L> tasks() {
		return this.tasks;
	}

	@Override
	protected final void forward(LlmCacheEvent event) {
		event.notifyListener(this.tasks.get(event.task()));
	}

}
