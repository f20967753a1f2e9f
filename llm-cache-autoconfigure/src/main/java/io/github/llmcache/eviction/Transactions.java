package io.github.llmcache.eviction;

import org.jspecify.annotations.Nullable;

/**
 * Knows which transaction a thread is in, so that evictions wait for its commit.
 * <p>
 * An implementation keeps {@link PendingEvictions} with each transaction that has asked
 * for any, and notifies them of its outcome. Called by many threads at once; throws
 * nothing.
 */
public interface Transactions {

	/**
	 * The evictions that this thread's transaction has put off.
	 * @param evictions whose evictions
	 * @return {@code null} if there is no transaction, or if nobody has joined it
	 */
	@Nullable PendingEvictions current(ImmediateEvictions evictions);

	/**
	 * Have this thread's transaction put evictions off from now on.
	 * @param evictions whose evictions
	 * @return {@code null} if there is no transaction, or if nobody will know how it ends
	 */
	@Nullable PendingEvictions join(ImmediateEvictions evictions);

}
