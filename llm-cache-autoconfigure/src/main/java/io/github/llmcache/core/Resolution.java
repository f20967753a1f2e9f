package io.github.llmcache.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.CachedAnswer;

/**
 * How a call goes on, for adapters of asynchronous types.
 *
 * @param <T> type of the answer
 * @see LlmCache#resolve
 */
public sealed interface Resolution<T> {

	/**
	 * The answer is there.
	 *
	 * @param <T> type of the answer
	 * @param answer the answer
	 */
	record Found<T>(CachedAnswer<T> answer) implements Resolution<T> {

	}

	/**
	 * The method failed for another call, and calls are to fail together.
	 *
	 * @param <T> type of the answer
	 * @param failure what it threw
	 */
	record Failed<T>(Throwable failure) implements Resolution<T> {

	}

	/**
	 * Another call is reading the answer as a stream, which this one may read as well.
	 * When this call stops reading, for whatever reason, {@link #left()} has to be
	 * called.
	 *
	 * @param <T> type of the answer
	 */
	final class Running<T> implements Resolution<T> {

		private final RunningStream running;

		private final Findings findings;

		private final SingleFlight flights;

		private final LongSupplier nanoTime;

		private final long start;

		Running(RunningStream running, Findings findings, SingleFlight flights, LongSupplier nanoTime) {
			this.running = running;
			this.findings = findings;
			this.flights = flights;
			this.nanoTime = nanoTime;
			this.start = nanoTime.getAsLong();
		}

		/**
		 * The stream.
		 * @return what the other call shares
		 */
		public Object stream() {
			return this.running.stream();
		}

		/**
		 * Where the answer comes from.
		 * @return an answer without a value
		 */
		public CachedAnswer<T> answer() {
			return this.findings.served(this.running);
		}

		/**
		 * Whether this call fails with the other one. If not, and if it has received
		 * nothing yet, it looks the answer up again.
		 * @return {@code true} if it fails
		 */
		public boolean failTogether() {
			return this.flights.failTogether();
		}

		/**
		 * How long to wait for the beginning of the stream. Then this call looks the
		 * answer up again, and waits for nobody.
		 * @return the time; positive
		 */
		public Duration patience() {
			return Duration.ofNanos(Math.max(1, this.flights.remainingWait(waitedBefore())));
		}

		/**
		 * This call does not wait for the other one any more.
		 */
		public void left() {
			this.findings.call().chain.goOn();
		}

		/**
		 * How long this call has waited for others.
		 * @return the time, including what it waited for this stream
		 */
		public Duration waited() {
			return waitedBefore().plusNanos(this.nanoTime.getAsLong() - this.start);
		}

		private Duration waitedBefore() {
			return this.findings.call().waitedBefore.plus(this.findings.waited());
		}

	}

	/**
	 * The method has to run, and others may be waiting for that: one of
	 * {@link #succeeded}, {@link #rejected}, {@link #failed}, {@link #broken} and
	 * {@link #abandoned} has to be called, whatever happens. Only the first of these
	 * calls counts.
	 *
	 * @param <T> type of the answer
	 */
	final class Missed<T> implements Resolution<T> {

		private final AnswerLoad load;

		private final Findings findings;

		private final Executor executor;

		private final AtomicBoolean over = new AtomicBoolean();

		Missed(AnswerLoad load, Executor executor) {
			this.load = load;
			this.findings = load.findings();
			this.executor = executor;
		}

		/**
		 * Whether the answer is kept: it may be stored, or other calls may be waiting for
		 * it.
		 * @return {@code false} if there is no need to record it
		 */
		public boolean isKept() {
			return this.findings.isKept();
		}

		/**
		 * The largest payload that is stored.
		 * @return its size in bytes
		 */
		public long maxPayload() {
			return this.findings.call().policy.maxPayload();
		}

		/**
		 * Where the answer comes from, for what is passed on before it is complete.
		 * @return an answer without a value
		 */
		public CachedAnswer<T> answer() {
			return this.findings.loaded(null);
		}

		/**
		 * Keep an answer, or a part of it, as it is now.
		 * @param value the answer
		 * @return gives a copy each time; {@code null} if the answer does not come back
		 * equal from its payload, of which the listener is notified
		 */
		public @Nullable Supplier<T> snapshot(T value) {
			return this.load.snapshot(value);
		}

		/**
		 * Let other calls read a stream while this one does. After {@link #unshare()}, or
		 * when this call is over, it is not found any more.
		 * @param stream the stream
		 */
		public void share(Object stream) {
			SingleFlight.Flight flight = this.findings.ticket().flight();
			if (flight != null) {
				flight.share(stream);
			}
		}

		/**
		 * Let others load for themselves, because this answer will not be stored.
		 */
		public void unshare() {
			SingleFlight.Flight flight = this.findings.ticket().flight();
			if (flight != null) {
				flight.land(SingleFlight.Landing.ALONE);
			}
		}

		/**
		 * Where calls are made within the method.
		 * @return their origin
		 */
		public CallOrigin within() {
			return this.findings.call().within();
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
			return this.load.load(method);
		}

		/**
		 * What observes the method, for contexts that are not threads.
		 * @return the object; {@code null} if nothing does
		 */
		public @Nullable Object observed() {
			return this.load.observed();
		}

		/**
		 * Load the answer on this thread, and end.
		 */
		<X extends Throwable> CachedAnswer<T> load(Loader<? extends T, X> loader) throws X {
			return this.load.run(loader);
		}

		/**
		 * The method gave an answer: store it. Does not block.
		 * @param value the answer
		 * @return the answer, once it is stored or rejected
		 */
		public CompletableFuture<CachedAnswer<T>> succeeded(@Nullable T value) {
			return end(answer().withValue(value), () -> this.load.succeeded(value));
		}

		/**
		 * The method gave an answer that is not worth keeping. Does not block.
		 * @param reason why, as one of a small fixed set of words in lower case joined by
		 * dashes, used as a tag of meters
		 * @return the answer, without a value
		 */
		public CompletableFuture<CachedAnswer<T>> rejected(String reason) {
			return end(answer(), () -> this.load.rejected(reason));
		}

		/**
		 * The method failed after a part of its answer had been passed on, so that no
		 * older answer can be served instead. Does not block.
		 * @param failure what it threw
		 * @return fails with what the method threw
		 */
		public CompletableFuture<CachedAnswer<T>> broken(Throwable failure) {
			return end(answer(), () -> {
				this.load.broken(failure);
				return answer();
			}).thenCompose((answer) -> CompletableFuture.failedFuture(failure));
		}

		/**
		 * The method failed. Does not block.
		 * @param failure what it threw
		 * @return an older answer that is served instead; fails with what the method
		 * threw if there is none
		 */
		public CompletableFuture<CachedAnswer<T>> failed(Throwable failure) {
			CompletableFuture<@Nullable CachedAnswer<T>> stale = end(null, () -> this.load.failed(failure));
			return stale.thenCompose((answer) -> (answer != null) ? CompletableFuture.completedFuture(answer)
					: CompletableFuture.failedFuture(failure));
		}

		/**
		 * Nobody wants the answer any more. Does not block.
		 */
		public void abandoned() {
			if (this.over.compareAndSet(false, true)) {
				this.load.abandoned();
				this.load.end(this.executor);
			}
		}

		private <R extends @Nullable Object> CompletableFuture<R> end(R fallback, Supplier<R> last) {
			if (!this.over.compareAndSet(false, true)) {
				return CompletableFuture.completedFuture(fallback);
			}
			try {
				return CompletableFuture.supplyAsync(() -> {
					try {
						return last.get();
					}
					finally {
						this.load.end(Runnable::run);
					}
				}, this.executor);
			}
			catch (RejectedExecutionException ex) {
				this.load.end(this.executor);
				return CompletableFuture.completedFuture(fallback);
			}
		}

	}

}
