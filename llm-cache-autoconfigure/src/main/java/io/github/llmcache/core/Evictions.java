package io.github.llmcache.core;

import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EvictionSelector;

/**
 * The invalidations of a cache: which transaction they have to wait for, and what they
 * do.
 * <p>
 * Safe for use by many threads.
 *
 * @see LlmCache#evictions()
 */
public final class Evictions {

	private final CacheStore store;

	private final SingleFlight flights;

	private final @Nullable Transactions transactions;

	private final Threads threads;

	private final FailureReporter failures;

	Evictions(CacheStore store, SingleFlight flights, @Nullable Transactions transactions, Threads threads,
			FailureReporter failures) {
		this.store = store;
		this.flights = flights;
		this.transactions = transactions;
		this.threads = threads;
		this.failures = failures;
	}

	/**
	 * Whether invalidations wait for the commit of a transaction.
	 * @return {@code false} if all of them happen at once
	 */
	public boolean isTransactional() {
		return this.transactions != null;
	}

	/**
	 * For what this thread does from now on, as part of its transaction if it is in one.
	 * @return a new evictor
	 */
	public Evictor evictor() {
		return new Evictor(this, (this.transactions != null) ? this.transactions.join(this) : null, false);
	}

	/**
	 * For what is done from now on as part of a transaction that is not of a thread.
	 * @param pending what the transaction has put off
	 * @return a new evictor
	 */
	public Evictor evictor(PendingEvictions pending) {
		return new Evictor(this, pending, false);
	}

	/**
	 * For a transaction that has put nothing off yet.
	 * @return what it will put off
	 */
	public PendingEvictions begin() {
		return new PendingEvictions(this);
	}

	/**
	 * Whether a question is asked within a transaction that has changed what the answer
	 * depends on, and has not committed.
	 * @param pending what the transaction has put off that the question is asked in, if
	 * that is not the one of this thread
	 */
	boolean isUncommitted(CacheIdentity identity, @Nullable PendingEvictions pending) {
		PendingEvictions ofThread = (this.transactions != null) ? this.transactions.current(this) : null;
		return (pending != null && pending.covers(identity)) || (ofThread != null && ofThread.covers(identity));
	}

	/**
	 * Invalidate at once, even within a transaction.
	 * @param selector what to invalidate
	 * @return the number of entries that were removed
	 * @throws RuntimeException if the store failed; old answers may then still be there
	 */
	public long evictNow(EvictionSelector selector) {
		this.flights.onEviction();
		return this.store.evict(selector);
	}

	/**
	 * Invalidate at once, even within a transaction, without keeping this thread.
	 * @param selector what to invalidate
	 * @return the number of entries that were removed; fails if the store failed
	 */
	public CompletableFuture<Long> evictNowAsync(EvictionSelector selector) {
		return supply(() -> evictNow(selector));
	}

	long attempt(EvictionSelector selector) {
		return this.failures.attempt(Part.STORE, "evict", selector.taskOrAll(), () -> evictNow(selector), 0L);
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
		if (!this.threads.execute(task)) {
			task.run();
		}
		return removed;
	}

}
