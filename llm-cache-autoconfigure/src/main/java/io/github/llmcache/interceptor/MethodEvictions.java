package io.github.llmcache.interceptor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.eviction.Evictions;
import io.github.llmcache.eviction.Evictor;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.store.EvictionSelector;

/**
 * What one call of a method evicts. A store that fails does not fail the call.
 */
final class MethodEvictions {

	private final List<EvictOperation> operations;

	private final MethodCall call;

	private final Evictions evictions;

	private final FailureReporter failures;

	MethodEvictions(List<EvictOperation> operations, MethodCall call, InterceptedCache cache) {
		this.operations = operations;
		this.call = call;
		this.evictions = cache.cache().evictions();
		this.failures = cache.failures();
	}

	boolean hasAny(boolean beforeInvocation) {
		for (EvictOperation operation : this.operations) {
			if (operation.beforeInvocation() == beforeInvocation) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The evictor for what this thread does from now on.
	 */
	Evictor evictor() {
		return this.evictions.evictor();
	}

	void evict(boolean beforeInvocation, Evictor evictor) {
		Selection selection = select(beforeInvocation);
		for (Selected selected : selection.selected()) {
			EvictionSelector selector = selected.selector();
			this.failures.attempt(Part.STORE, selector.taskOrAll(),
					() -> selected.atOnce() ? this.evictions.immediate().evict(selector) : evictor.evict(selector), 0L);
		}
		selection.fail();
	}

	CompletableFuture<?> evictAsync(boolean beforeInvocation, Evictor evictor) {
		Selection selection = select(beforeInvocation);
		List<CompletableFuture<Long>> running = new ArrayList<>();
		for (Selected selected : selection.selected()) {
			EvictionSelector selector = selected.selector();
			CompletableFuture<Long> removed = selected.atOnce() ? this.evictions.immediate().evictAsync(selector)
					: evictor.evictAsync(selector);
			running.add(removed.exceptionally((failure) -> {
				this.failures.failed(Part.STORE, selector.taskOrAll(), failure);
				return 0L;
			}));
		}
		return CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)).thenRun(selection::fail);
	}

	/**
	 * Select what to evict. If a criterion fails before the method, nothing is evicted.
	 * If one fails after the method, what the others select is still evicted, since the
	 * method has changed something.
	 */
	private Selection select(boolean beforeInvocation) {
		List<Selected> selected = new ArrayList<>();
		RuntimeException failure = null;
		for (EvictOperation operation : this.operations) {
			if (operation.beforeInvocation() == beforeInvocation) {
				try {
					EvictionSelector selector = operation.selector(this.call);
					if (selector != null) {
						selected.add(new Selected(selector, operation.atOnce()));
					}
				}
				catch (RuntimeException ex) {
					if (beforeInvocation) {
						throw ex;
					}
					failure = (failure != null) ? failure : ex;
				}
			}
		}
		return new Selection(selected, failure);
	}

	private record Selected(EvictionSelector selector, boolean atOnce) {

	}

	/**
	 * What is to be evicted, and how a criterion failed, if one did.
	 */
	private record Selection(List<Selected> selected, @Nullable RuntimeException failure) {

		void fail() {
			if (this.failure != null) {
				throw this.failure;
			}
		}

	}

}
