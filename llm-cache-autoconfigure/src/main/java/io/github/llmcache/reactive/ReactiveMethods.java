package io.github.llmcache.reactive;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CachedAnswer;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.Loader;

/**
 * Methods that return a {@code Mono} or a {@code Flux}, for callers that do not know
 * Reactor.
 */
public final class ReactiveMethods {

	private final ReactiveLlmCache cache;

	/**
	 * Create it.
	 * @param cache the cache
	 */
	public ReactiveMethods(LlmCache cache) {
		this.cache = new ReactiveLlmCache(cache);
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
	 * Do something before a method runs.
	 * @param many whether it returns a {@code Flux}, or else a {@code Mono}
	 * @param first what to do first; does not fail
	 * @param method the method
	 * @return what it returns, later
	 */
	public static Object after(boolean many, Supplier<CompletableFuture<?>> first, Loader<Object, Throwable> method) {
		Mono<Object> before = Mono.fromFuture(first::get, true).then(Mono.empty());
		Flux<Object> result = Flux.concat(before, Flux.defer(() -> ReactiveLlmCache.load(() -> loaded(method))));
		return many ? result : result.next();
	}

	/**
	 * Do something when a method has given its answer.
	 * @param many whether it returns a {@code Flux}, or else a {@code Mono}
	 * @param method the method
	 * @param last what to do when it has completed; does not fail
	 * @return what it returns, complete when both are
	 * @throws Throwable what the method throws
	 */
	public static Object before(boolean many, Loader<Object, Throwable> method, Supplier<CompletableFuture<?>> last)
			throws Throwable {
		Mono<Object> after = Mono.fromFuture(last::get, true).then(Mono.empty());
		if (many) {
			return Flux.concat(Flux.from(loaded(method)), after);
		}
		return Mono.from(loaded(method))
			.materialize()
			.flatMap((signal) -> signal.hasError() ? Mono.just(signal) : after.thenReturn(signal))
			.dematerialize();
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
