package io.github.llmcache.reactive;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.llmcache.core.CachedAnswer;
import io.github.llmcache.core.Loader;
import io.github.llmcache.core.Lookup.Missed;

/**
 * Keeps the elements of a stream while they pass, and stores them when it is complete.
 *
 * @param <E> type of the elements
 */
final class StreamRecording<E> {

	/** So that an endless stream does not fill the memory. */
	private static final int MOST_ELEMENTS = 100_000;

	/** The fewest bytes of JSON for an element and the comma behind it. */
	private static final int SMALLEST_ELEMENT = 2;

	private final Missed<List<E>> missed;

	private final Loader<? extends Publisher<? extends E>, ?> method;

	/** What is to be stored, if it still is. */
	private @Nullable List<E> elements;

	private boolean begun;

	private long size;

	StreamRecording(Missed<List<E>> missed, Loader<? extends Publisher<? extends E>, ?> method) {
		this.missed = missed;
		this.method = method;
		this.elements = missed.isKept() ? new ArrayList<>() : null;
	}

	/**
	 * The method's elements, as they come. Others may take part until it has ended.
	 */
	Flux<CachedAnswer<E>> record() {
		Flux<CachedAnswer<E>> stream = Flux.<E>defer(() -> ReactiveLlmCache.load(() -> this.missed.run(this.method)))
			.contextWrite((context) -> ReactiveLlmCache.within(context, this.missed))
			.doOnNext(this::add)
			.map((element) -> this.missed.answer().withValue(element))
			.concatWith(Flux.defer(this::completed))
			.onErrorResume(this::failed)
			.doOnCancel(this.missed::abandoned);
		if (!this.missed.isKept()) {
			return stream;
		}
		// twice as many, so that nobody who has joined before misses the first ones
		SharedStream<CachedAnswer<E>> shared = new SharedStream<>(stream, 2 * MOST_ELEMENTS);
		this.missed.share(shared);
		return shared.begin();
	}

	private void add(E element) {
		this.begun = true;
		List<E> recorded = this.elements;
		if (recorded == null) {
			return;
		}
		this.size += SMALLEST_ELEMENT + ((element instanceof CharSequence text) ? text.length() : 0);
		if (this.size > this.missed.maxPayload() || recorded.size() == MOST_ELEMENTS) {
			this.elements = null;
			this.missed.unshare();
			return;
		}
		recorded.add(element);
	}

	private Flux<CachedAnswer<E>> completed() {
		List<E> recorded = this.elements;
		return Mono
			.fromFuture(() -> (recorded != null) ? this.missed.succeeded(recorded)
					: this.missed.rejected("payload-too-large"), true)
			.thenMany(Flux.empty());
	}

	/**
	 * Nothing takes the place of an answer that has begun.
	 */
	private Flux<CachedAnswer<E>> failed(Throwable failure) {
		return Mono.fromFuture(() -> this.begun ? this.missed.broken(failure) : this.missed.failed(failure), true)
			.flatMapMany(ReactiveLlmCache::elements);
	}

}
