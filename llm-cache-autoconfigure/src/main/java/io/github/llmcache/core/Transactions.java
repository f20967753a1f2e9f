package io.github.llmcache.core;

import org.jspecify.annotations.Nullable;

/**
 * Tells which transaction a thread is in, so that invalidations wait for its commit.
 * <p>
 * What implements it keeps {@link PendingEvictions} with each transaction that has asked
 * for any, and tells them what becomes of it. Called by many threads at once; throws
 * nothing.
 */
public interface Transactions {

	/**
	 * What the transaction of this thread has put off.
	 * @param evictions whose invalidations
	 * @return {@code null} if there is no transaction, or if nobody has joined it
	 */
	@Nullable PendingEvictions current(Evictions evictions);

	/**
	 * Have the transaction of this thread put off what it will be asked for.
	 * @param evictions whose invalidations; {@linkplain Evictions#begin() begins} with
	 * none
	 * @return {@code null} if there is no transaction, or if nobody will tell how it ends
	 */
	@Nullable PendingEvictions join(Evictions evictions);

}
