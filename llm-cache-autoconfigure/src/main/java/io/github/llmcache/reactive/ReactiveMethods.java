package io.github.llmcache.reactive;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.Loader;
import io.github.llmcache.eviction.Evictions;
import io.github.llmcache.eviction.Evictor;

/**
 * Methods that return a {@code Mono} or a {@code Flux}, for callers that do not know
 * Reactor. Public only for the interceptor, which also runs without Reactor.
 */
public final class ReactiveMethods {

	private final ReactiveLlmCache cache;

	private final Evictions evictions;

	/**
	 * Create the adapter.
	 * @param cache the cache
	 */
	public ReactiveMethods(LlmCache cache) {
		this.cache = new ReactiveLlmCache(cache);
		this.evictions = cache.evictions();
	}

	/**
	 * Answer a method that returns a {@code Mono}.
	 * @param request the question
	 * @param wrapped whether the value is in a {@link CachedAnswer}
	 * @param method the method
	 * @return a {@code Mono} of the same type
	 */
	public Object mono(CacheRequest<Object> request, boolean wrapped, Loader<Object, Throwable> method) {
		Mono<CachedAnswer<Object>> answer = this.cache.mono(request, () -> values(method, wrapped));
		return wrapped ? answer : answer.mapNotNull(CachedAnswer::value);
	}

	/**
	 * Answer a method that returns a {@code Flux}.
	 * @param request the question, whose answer is a list
	 * @param wrapped whether each element is in a {@link CachedAnswer}
	 * @param method the method
	 * @return a {@code Flux} of the same type
	 */
	@SuppressWarnings("unchecked")
	public Object flux(CacheRequest<?> request, boolean wrapped, Loader<Object, Throwable> method) {
		Flux<CachedAnswer<Object>> answers = this.cache.flux((CacheRequest<List<Object>>) request,
				() -> values(method, wrapped));
		return wrapped ? answers : answers.mapNotNull(CachedAnswer::value);
	}

	/**
	 * Evict before a method runs.
	 * @param many whether it returns a {@code Flux}, or else a {@code Mono}
	 * @param first evicts; the method runs when that is complete
	 * @param method the method
	 * @return a publisher of the same type
	 */
	public Object evictFirst(boolean many, Function<Evictor, CompletableFuture<?>> first,
			Loader<Object, Throwable> method) {
		Mono<Object> before = evictor().flatMap((evictor) -> evict(first, evictor));
		Flux<Object> result = Flux.concat(before, Flux.defer(() -> ReactiveLlmCache.load(() -> loaded(method))));
		return many ? result : result.next();
	}

	/**
	 * Evict when a method has given its answer.
	 * @param many whether it returns a {@code Flux}, or else a {@code Mono}
	 * @param method the method
	 * @param last evicts, when it has completed
	 * @return what it returns, complete when both are
	 * @throws Throwable what the method throws
	 */
	public Object evictLast(boolean many, Loader<Object, Throwable> method,
			Function<Evictor, CompletableFuture<?>> last) throws Throwable {
		Mono<Evictor> evictor = evictor();
		Publisher<Object> result = loaded(method);
		if (many) {
			return evictor.flatMapMany((known) -> Flux.concat(result, evict(last, known)));
		}
		return evictor.flatMap((known) -> Mono.from(result)
			.materialize()
			.flatMap((signal) -> signal.hasError() ? Mono.just(signal) : evict(last, known).thenReturn(signal))
			.dematerialize());
	}

	private static Mono<Object> evict(Function<Evictor, CompletableFuture<?>> step, Evictor evictor) {
		return Mono.fromFuture(() -> step.apply(evictor), true).then(Mono.empty());
	}

	/**
	 * The evictor for the subscriber's transaction, or else for that of the calling
	 * thread.
	 */
	private Mono<Evictor> evictor() {
		Evictor ofThread = this.evictions.evictor().elsewhere();
		return ReactiveTransactions.join(this.evictions).map(this.evictions::evictor).defaultIfEmpty(ofThread);
	}

	private static Publisher<Object> values(Loader<Object, Throwable> method, boolean wrapped) throws Throwable {
		return wrapped ? Flux.from(loaded(method)).mapNotNull(ReactiveMethods::unwrap) : loaded(method);
	}

	@SuppressWarnings("unchecked")
	private static Publisher<Object> loaded(Loader<Object, Throwable> method) throws Throwable {
		Publisher<Object> publisher = (Publisher<Object>) method.load();
		return (publisher != null) ? publisher : Mono.empty();
	}

	private static @Nullable Object unwrap(Object element) {
		return (element instanceof CachedAnswer<?> wrapper) ? wrapper.value() : element;
	}

}
