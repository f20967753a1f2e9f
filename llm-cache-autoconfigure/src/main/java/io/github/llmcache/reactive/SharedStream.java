package io.github.llmcache.reactive;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

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

	private final Disposable.Swap subscription = Disposables.swap();

	/** Those who take part; nobody can any more when all of them have left. */
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
			connect(context);
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
				this.subscription.dispose();
			}
		});
	}

	private void connect(ContextView context) {
		this.subscription.update(this.source.contextWrite(context)
			.subscribe(this.sink::tryEmitNext, this.sink::tryEmitError, this.sink::tryEmitComplete));
	}

}
