package io.github.llmcache.interceptor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.core.CallOrigin;
import io.github.llmcache.eviction.Evictor;
import io.github.llmcache.core.Loader;

/**
 * For methods that return a future: the cache works on threads of its own.
 */
final class FutureStyle implements CallStyle {

	private final InterceptedCache cache;

	FutureStyle(InterceptedCache cache) {
		this.cache = cache;
	}

	@Override
	public Loader<Object, Throwable> cache(CachedOperation operation, MethodCall call,
			Loader<Object, Throwable> method) {
		boolean wrapped = operation.answerType().wrapped();
		return () -> {
			CompletableFuture<CachedAnswer<Object>> answer = this.cache.cache()
				.getAsync(operation.request(call, this.cache.failures()), () -> {
					CompletionStage<?> result = (CompletionStage<?>) method.load();
					return (result != null && wrapped) ? Stages.map(result, AnswerType::unwrap) : result;
				});
			return wrapped ? answer : Stages.map(answer, AnswerType::unwrap);
		};
	}

	@Override
	public Loader<Object, Throwable> evictFirst(MethodEvictions evictions, Loader<Object, Throwable> answer) {
		return () -> {
			Loader<Object, Throwable> later = CallOrigin.current().carry(answer);
			return Stages.compose(evictions.evictAsync(true, evictions.evictor().elsewhere()),
					(nothing) -> (CompletionStage<?>) later.load());
		};
	}

	@Override
	public Loader<Object, Throwable> evictLast(MethodEvictions evictions, Loader<Object, Throwable> answer) {
		return () -> {
			Evictor evictor = evictions.evictor().elsewhere();
			CompletionStage<?> result = (CompletionStage<?>) answer.load();
			return (result != null) ? Stages.compose(result,
					(value) -> Stages.map(evictions.evictAsync(false, evictor), (nothing) -> value)) : null;
		};
	}

}
