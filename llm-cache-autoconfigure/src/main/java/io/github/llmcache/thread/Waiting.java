package io.github.llmcache.thread;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits on any thread. One of a {@link java.util.concurrent.ForkJoinPool} is replaced by
 * another one meanwhile; where the pool has as many as it may have, and would fail the
 * caller, the caller waits all the same.
 */
public final class Waiting {

	private Waiting() {
	}

	/**
	 * Wait for a result.
	 * @param <T> type of the result
	 * @param future gets the result
	 * @param nanos how long to wait at most; not at all if negative
	 * @return the result
	 * @throws InterruptedException if this thread is interrupted
	 * @throws ExecutionException if there is a failure instead
	 * @throws TimeoutException if there is no result in time
	 */
	public static <T> T get(CompletableFuture<T> future, long nanos)
			throws InterruptedException, ExecutionException, TimeoutException {
		try {
			return future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			CountDownLatch done = new CountDownLatch(1);
			future.whenComplete((value, failure) -> done.countDown());
			if (!done.await(nanos, TimeUnit.NANOSECONDS)) {
				throw new TimeoutException();
			}
			return future.get();
		}
	}

}
