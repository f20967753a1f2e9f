package io.github.llmcache.eviction;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.ToLongBiFunction;

import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.ErasableStore;
import io.github.llmcache.store.Erasure;
import io.github.llmcache.store.EvictionSelector;

/**
 * Evicts at once, even within a transaction.
 * <p>
 * Safe for use by many threads.
 *
 * @see Evictions#immediate()
 */
public final class ImmediateEvictions {

	private final CacheStore store;

	private final Runnable beginning;

	private final Executor executor;

	private final ToLongBiFunction<EvictionSelector, LongSupplier> attempt;

	/**
	 * Create the evictions of a cache.
	 * @param store where entries live
	 * @param beginning called before each eviction
	 * @param executor has the threads for callers that do not wait; if it refuses, the
	 * caller's thread evicts
	 * @param attempt evicts where nobody could deal with a failure: reports it, and gives
	 * 0 then
	 */
	public ImmediateEvictions(CacheStore store, Runnable beginning, Executor executor,
			ToLongBiFunction<EvictionSelector, LongSupplier> attempt) {
		this.store = store;
		this.beginning = beginning;
		this.executor = executor;
		this.attempt = attempt;
	}

	/**
	 * Evict all entries that match.
	 * @param selector what to evict
	 * @return the number of entries that were removed
	 * @throws RuntimeException if the store failed; old answers may then still be there
	 */
	public long evict(EvictionSelector selector) {
		this.beginning.run();
		return this.store.evict(selector);
	}

	/**
	 * Evict all entries that match, without keeping this thread.
	 * @param selector what to evict
	 * @return the number of entries that were removed; fails if the store failed
	 */
	public CompletableFuture<Long> evictAsync(EvictionSelector selector) {
		return supply(() -> evict(selector));
	}

	/**
	 * Erase everything that is kept of a scope.
	 * @param scope the scope
	 * @return what was erased, and what is left
	 * @throws UnsupportedOperationException if the store cannot
	 * @throws RuntimeException if the store failed; some of it may then be left
	 */
	public Erasure erase(String scope) {
		if (!(this.store instanceof ErasableStore erasableStore)) {
			throw new UnsupportedOperationException("The cache store cannot erase scopes: use the memory store or"
					+ " Redis, or implement ErasableStore");
		}
		this.beginning.run();
		return erasableStore.erase(scope);
	}

	long attempt(EvictionSelector selector) {
		return this.attempt.applyAsLong(selector, () -> evict(selector));
	}

	CompletableFuture<Long> attemptAsync(EvictionSelector selector) {
		return supply(() -> attempt(selector));
	}

	private CompletableFuture<Long> supply(LongSupplier eviction) {
		CompletableFuture<Long> removed = new CompletableFuture<>();
		Runnable task = () -> {
			try {
				removed.complete(eviction.getAsLong());
			}
			catch (Throwable ex) {
				removed.completeExceptionally(ex);
			}
		};
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			task.run();
		}
		return removed;
	}

}
