package io.github.llmcache.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * What a lookup came to, for adapters of asynchronous types.
 *
 * @param <T> type of the answer
 * @see LlmCache#lookup
 */
public sealed interface Lookup<T> {

	/**
	 * The answer is there.
	 *
	 * @param <T> type of the answer
	 * @param answer the answer
	 */
	record Found<T>(CachedAnswer<T> answer) implements Lookup<T> {

	}

	/**
	 * Another call is reading the answer as a stream, which this one may read, too.
	 *
	 * @param <T> type of the answer
	 * @param stream what the other call shares
	 * @param answer says where it comes from; without a value
	 */
	record Running<T>(Object stream, CachedAnswer<T> answer) implements Lookup<T> {

	}

	/**
	 * The method has to run, and others may be waiting for that: one of
	 * {@link #succeeded}, {@link #failed} and {@link #abandoned} has to be called,
	 * whatever happens. Only the first of these calls counts.
	 *
	 * @param <T> type of the answer
	 */
	final class Missed<T> implements Lookup<T> {

		private final Call call;

		private final Computation computation;

		private final Executor executor;

		private final AtomicBoolean over = new AtomicBoolean();

		Missed(Call call, Computation computation, Executor executor) {
			this.call = call;
			this.computation = computation;
			this.executor = executor;
		}

		/**
		 * Let other calls read a stream while this one does. After {@link #unshare()}, or
		 * when this call is over, it is not found any more.
		 * @param stream the stream
		 */
		public void share(Object stream) {
			SingleFlight.Flight flight = this.call.flight;
			if (flight != null) {
				flight.share(stream);
			}
		}

		/**
		 * Let others compute for themselves, because this answer will not be stored.
		 */
		public void unshare() {
			SingleFlight.Flight flight = this.call.flight;
			if (flight != null) {
				flight.land(SingleFlight.Landing.ALONE);
			}
		}

		/**
		 * Run the method, with what the call wants of the cache applied to calls within.
		 * @param <R> what it returns
		 * @param <X> what it may throw
		 * @param method the method
		 * @return what it returned
		 * @throws X what it threw
		 */
		public <R, X extends Throwable> @Nullable R run(Loader<R, X> method) throws X {
			try (CallControl.Scope scope = this.call.control.apply()) {
				return method.load();
			}
		}

		/**
		 * The method gave an answer: store it. Does not block.
		 * @param value the answer
		 * @return the answer, once it is stored or rejected
		 */
		public CompletableFuture<CachedAnswer<T>> succeeded(@Nullable T value) {
			return end(CachedAnswer.of(value), () -> this.computation.succeeded(value));
		}

		/**
		 * The method failed. Does not block.
		 * @param failure what it threw
		 * @return an older answer that is served instead; fails with what the method
		 * threw if there is none
		 */
		public CompletableFuture<CachedAnswer<T>> failed(Throwable failure) {
			CompletableFuture<@Nullable CachedAnswer<T>> stale = end(null, () -> this.computation.failed(failure));
			return stale.thenCompose((answer) -> (answer != null) ? CompletableFuture.completedFuture(answer)
					: CompletableFuture.failedFuture(failure));
		}

		/**
		 * Nobody wants the answer any more. Does not block.
		 */
		public void abandoned() {
			if (this.over.compareAndSet(false, true)) {
				this.computation.abandoned();
				this.call.end(this.executor);
			}
		}

		private <R extends @Nullable Object> CompletableFuture<R> end(R fallback, Loader<R, RuntimeException> last) {
			if (!this.over.compareAndSet(false, true)) {
				return CompletableFuture.completedFuture(fallback);
			}
			CompletableFuture<R> result = new CompletableFuture<>();
			try {
				this.executor.execute(() -> {
					CompletableFuture<R> outcome = new CompletableFuture<>();
					try {
						outcome.complete(last.load());
					}
					catch (Throwable ex) {
						outcome.completeExceptionally(ex);
					}
					this.call.end(null);
					outcome.whenComplete((value, failure) -> Futures.complete(result, value, failure));
				});
			}
			catch (RejectedExecutionException ex) {
				this.call.end(this.executor);
				result.complete(fallback);
			}
			return result;
		}

	}

}
