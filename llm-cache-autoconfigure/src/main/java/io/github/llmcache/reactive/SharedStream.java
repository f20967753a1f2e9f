package io.github.llmcache.reactive;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.reactivestreams.Publisher;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * A stream that is read once, as fast as it comes, for everybody who takes part: each
 * gets what is there so far and then the rest as it comes. When the last of them cancels,
 * it is cancelled.
 *
 * @param <E> type of the elements
 */
final class SharedStream<E> {

	private final Flux<E> source;

	private final Sinks.Many<E> sink;

	private final Reader reader = new Reader();

	/** The number of readers. Once all have left, nobody can join. */
	private final AtomicInteger readers = new AtomicInteger(1);

	/**
	 * Create a stream that nobody reads yet.
	 * @param source gives the elements
	 * @param kept how many of the last elements are kept for those who join
	 */
	SharedStream(Flux<E> source, int kept) {
		this.source = source;
		this.sink = Sinks.many().replay().limit(kept);
	}

	/**
	 * Begin to read the source, as its first reader.
	 */
	Flux<E> begin() {
		return Flux.deferContextual((context) -> Flux.from((Publisher<E>) (subscriber) -> {
			read().subscribe(subscriber);
			this.source.contextWrite(context).subscribe(this.reader);
		}));
	}

	/**
	 * Take part.
	 * @return {@code false} if everybody has left; else the result of {@link #read} has
	 * to be subscribed to
	 */
	boolean join() {
		return this.readers.getAndUpdate((count) -> (count > 0) ? count + 1 : 0) > 0;
	}

	/**
	 * The elements, for one who takes part.
	 */
	Flux<E> read() {
		AtomicBoolean left = new AtomicBoolean();
		return this.sink.asFlux().doOnCancel(() -> {
			if (left.compareAndSet(false, true) && this.readers.decrementAndGet() == 0) {
				this.reader.dispose();
			}
		});
	}

	/**
	 * Reads the source for everybody. Can be disposed of while the source gives its
	 * elements on the thread that subscribes.
	 */
	private final class Reader extends BaseSubscriber<E> {

		@Override
		protected void hookOnNext(E element) {
			SharedStream.this.sink.tryEmitNext(element);
		}

		@Override
		protected void hookOnComplete() {
			SharedStream.this.sink.tryEmitComplete();
		}

		@Override
		protected void hookOnError(Throwable failure) {
			SharedStream.this.sink.tryEmitError(failure);
		}

	}

}
