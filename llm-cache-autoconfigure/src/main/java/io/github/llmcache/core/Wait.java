package io.github.llmcache.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a call waits for, in either way: the calling thread does, or nobody.
 *
 * @param event done when there is a reason to go on
 * @param nanos when to go on in any case, in nanoseconds
 */
record Wait(CompletableFuture<?> event, long nanos) implements Step {

	/**
	 * Wait for some time only.
	 */
	static Wait pause(long nanos) {
		return new Wait(new CompletableFuture<>(), nanos);
	}

	/**
	 * Wait on this thread.
	 * @return {@code false} if the thread was interrupted, as it is afterwards
	 */
	boolean block() {
		try {
			this.event.get(Math.max(0, this.nanos), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (TimeoutException | ExecutionException ex) {
			// a reason to go on, too
		}
		return true;
	}

	/**
	 * Wait on no thread.
	 * @return done when it is time to go on
	 */
	CompletableFuture<?> future() {
		return this.event.handle((value, failure) -> true)
			.completeOnTimeout(false, Math.max(0, this.nanos), TimeUnit.NANOSECONDS);
	}

}
