package io.github.llmcache.eviction;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.key.CacheIdentity;

/**
 * The evictions of a cache: which transaction they have to wait for.
 * <p>
 * Safe for use by many threads.
 */
public final class Evictions {

	private final ImmediateEvictions immediate;

	private final @Nullable Transactions transactions;

	/**
	 * Create the evictions of a cache.
	 * @param immediate carries them out
	 * @param transactions knows the transaction of a thread; {@code null} if evictions
	 * wait for none
	 */
	public Evictions(ImmediateEvictions immediate, @Nullable Transactions transactions) {
		this.immediate = immediate;
		this.transactions = transactions;
	}

	/**
	 * Evictions that wait for no transaction.
	 * @return always the same
	 */
	public ImmediateEvictions immediate() {
		return this.immediate;
	}

	/**
	 * Whether evictions wait for the commit of a transaction.
	 * @return {@code false} if all of them happen at once
	 */
	public boolean isTransactional() {
		return this.transactions != null;
	}

	/**
	 * The evictor for what this thread does from now on, as part of its transaction if it
	 * is in one.
	 * @return a new evictor
	 */
	public Evictor evictor() {
		return new Evictor(this.immediate, (this.transactions != null) ? this.transactions.join(this.immediate) : null,
				false);
	}

	/**
	 * The evictor for what is done from now on as part of a transaction that does not
	 * belong to a thread.
	 * @param pending what the transaction has put off
	 * @return a new evictor
	 */
	public Evictor evictor(PendingEvictions pending) {
		return new Evictor(this.immediate, pending, false);
	}

	/**
	 * Whether a question is asked within a transaction that has changed what the answer
	 * depends on, and has not committed.
	 * @param identity the identity of the question
	 * @param pending what the transaction in which the question is asked has put off, if
	 * it is not that of this thread
	 * @return {@code true} if it is, and has to bypass the cache
	 */
	public boolean isUncommitted(CacheIdentity identity, @Nullable PendingEvictions pending) {
		PendingEvictions ofThread = (this.transactions != null) ? this.transactions.current(this.immediate) : null;
		return (pending != null && pending.covers(identity)) || (ofThread != null && ofThread.covers(identity));
	}

}
