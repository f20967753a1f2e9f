package io.github.llmcache.reactive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.core.Loader;
import io.github.llmcache.core.Resolution.Missed;

/**
 * Keeps the elements of a stream while they pass, and stores them when it is complete.
 *
 * @param <E> type of the elements
 */
final class StreamRecording<E> {

	/**
	 * The most elements that are kept, so that an endless stream does not fill the
	 * memory.
	 */
	private static final int MOST_ELEMENTS = 100_000;

	/** The fewest bytes of JSON for an element and the comma behind it. */
	private static final int SMALLEST_ELEMENT = 2;

	private final Missed<List<E>> missed;

	private final Loader<? extends Publisher<? extends E>, ?> method;

	/** The elements to be stored, or {@code null} if they are not. */
	private @Nullable List<SharedElement<E>> elements;

	/** Why the elements are not stored in that case. */
	private String rejection = "payload-too-large";

	/** Whether others get copies. */
	private boolean copied;

	private boolean begun;

	private long size;

	StreamRecording(Missed<List<E>> missed, Loader<? extends Publisher<? extends E>, ?> method) {
		this.missed = missed;
		this.method = method;
		this.copied = missed.isKept();
		this.elements = this.copied ? new ArrayList<>() : null;
	}

	/**
	 * The method's elements, as they come. Others may take part until it has ended.
	 */
	Flux<CachedAnswer<E>> record() {
		Flux<SharedElement<E>> stream = Flux.defer(() -> ReactiveLlmCache.load(() -> this.missed.run(this.method)))
			.contextWrite((context) -> ReactiveLlmCache.within(context, this.missed))
			.map((element) -> {
				this.begun = true;
				return add(share(this.missed.answer().withValue(element)));
			})
			.concatWith(Flux.defer(this::completed))
			.onErrorResume(this::failed)
			.doOnCancel(this.missed::abandoned);
		if (!this.missed.isKept()) {
			return stream.map(SharedElement::answer);
		}
		// twice as many, so that nobody who has joined before misses the first ones
		SharedStream<SharedElement<E>> shared = new SharedStream<>(stream, 2 * MOST_ELEMENTS);
		this.missed.share(shared);
		return shared.begin().map(SharedElement::answer);
	}

	/**
	 * Copies an element for others. Once one cannot be copied, nobody takes part in the
	 * rest.
	 */
	private SharedElement<E> share(CachedAnswer<E> answer) {
		if (!this.copied) {
			return SharedElement.alone(answer);
		}
		SharedElement<E> element = SharedElement.of(answer, this.missed);
		if (!element.isCopied()) {
			this.copied = false;
			stop("payload-failure");
		}
		return element;
	}

	private SharedElement<E> add(SharedElement<E> element) {
		List<SharedElement<E>> recorded = this.elements;
		if (recorded != null) {
			this.size += SMALLEST_ELEMENT
					+ ((element.answer().value() instanceof CharSequence text) ? text.length() : 0);
			if (this.size > this.missed.maxPayload() || recorded.size() == MOST_ELEMENTS) {
				stop("payload-too-large");
			}
			else {
				recorded.add(element);
			}
		}
		return element;
	}

	private void stop(String reason) {
		if (this.elements != null) {
			this.elements = null;
			this.rejection = reason;
			this.missed.unshare();
		}
	}

	private Flux<SharedElement<E>> completed() {
		return Mono.fromFuture(this::end, true).thenMany(Flux.empty());
	}

	/**
	 * Stores the elements as they were before anybody got them.
	 */
	private CompletableFuture<?> end() {
		List<SharedElement<E>> recorded = this.elements;
		if (recorded == null) {
			return this.missed.rejected(this.rejection);
		}
		List<E> original = new ArrayList<>(recorded.size());
		recorded.forEach((element) -> original.add(element.copy()));
		return this.missed.succeeded(original);
	}

	/**
	 * An older answer may take the place of one that fails, but not of one that has
	 * begun.
	 */
	private Flux<SharedElement<E>> failed(Throwable failure) {
		return Mono.fromFuture(() -> this.begun ? this.missed.broken(failure) : this.missed.failed(failure), true)
			.flatMapMany(ReactiveLlmCache::elements)
			.map(this::share);
	}

}
