package io.github.llmcache.eviction;

import org.jspecify.annotations.Nullable;

/**
 * Knows which transaction a thread is in, so that evictions wait for its commit.
 * <p>
 * What implements it keeps {@link PendingEvictions} with each transaction that has asked
 * for any, and notifies them of what becomes of it. Called by many threads at once;
 * throws nothing.
 */
public interface Transactions {

	/**
	 * What the transaction of this thread has put off.
	 * @param evictions whose evictions
	 * @return {@code null} if there is no transaction, or if nobody has joined it
	 */
	@Nullable PendingEvictions current(ImmediateEvictions evictions);

	/**
	 * Have the transaction of this thread put off what it will be asked for.
	 * @param evictions whose evictions
	 * @return {@code null} if there is no transaction, or if nobody will know how it ends
	 */
	@Nullable PendingEvictions join(ImmediateEvictions evictions);

}
