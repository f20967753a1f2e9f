package io.github.llmcache.eviction;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.EvictionSelector;

/**
 * Evicts what becomes outdated by changes made after its creation, as soon as others can
 * see these changes: after the commit of the transaction that was active at its creation,
 * or else at once.
 * <p>
 * If that transaction is suspended in between, another one may have committed: what is
 * evicted then is evicted at once, and once more after the commit. Safe for use by many
 * threads, also when the transaction is over.
 *
 * @see Evictions#evictor()
 */
public final class Evictor {

	private final ImmediateEvictions evictions;

	private final @Nullable PendingEvictions pending;

	private final int suspensions;

	private final boolean elsewhere;

	Evictor(ImmediateEvictions evictions, @Nullable PendingEvictions pending, boolean elsewhere) {
		this.evictions = evictions;
		this.pending = pending;
		this.suspensions = (pending != null) ? pending.suspensions() : 0;
		this.elsewhere = elsewhere;
	}

	/**
	 * An evictor for changes that other threads may make, too. A transaction belongs to
	 * one thread, so they may have committed what it has not.
	 * @return an evictor that evicts at once, and once more after the commit
	 */
	public Evictor elsewhere() {
		return new Evictor(this.evictions, this.pending, true);
	}

	/**
	 * Evict all entries that match.
	 * @param selector what to evict
	 * @return the number of entries that were removed, 0 if that has to wait
	 * @throws RuntimeException if the store failed; old answers may then still be there
	 */
	public long evict(EvictionSelector selector) {
		return putOff(selector) ? 0 : this.evictions.evict(selector);
	}

	/**
	 * Evict all entries that match, without keeping this thread.
	 * @param selector what to evict
	 * @return the number of entries that were removed, 0 if that has to wait; fails if
	 * the store failed. Does not wait for the commit
	 */
	public CompletableFuture<Long> evictAsync(EvictionSelector selector) {
		return putOff(selector) ? CompletableFuture.completedFuture(0L) : this.evictions.evictAsync(selector);
	}

	private boolean putOff(EvictionSelector selector) {
		return this.pending != null && this.pending.add(selector) && !this.elsewhere
				&& this.pending.suspensions() == this.suspensions;
	}

}
