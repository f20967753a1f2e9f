package io.github.llmcache.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.llmcache.thread.Waiting;

/**
 * What a step of a call's way to an answer comes to: the call has to wait for others, or
 * it is decided how it goes on.
 */
sealed interface Step {

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
				Waiting.get(this.event, this.nanos);
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

	/**
	 * How a call goes on when its search is over.
	 */
	sealed interface Decision extends Step {

		/**
		 * What has been found out on the way.
		 */
		Findings findings();

	}

	/**
	 * Serve an answer.
	 */
	record Serve(Findings findings, Hit hit) implements Decision {

	}

	/**
	 * Take part in a stream that another call reads. For calls that can, only.
	 */
	record Join(Findings findings, RunningStream stream) implements Decision {

	}

	/**
	 * Fail with what the method threw for another call.
	 */
	record Fail(Findings findings, Throwable failure) implements Decision {

	}

	/**
	 * Load the answer.
	 */
	record Load(Findings findings) implements Decision {

	}

}
