package io.github.llmcache.interceptor;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.eviction.Evictor;
import io.github.llmcache.core.Loader;

/**
 * For methods that return their answer: the caller's thread does everything.
 */
final class BlockingStyle implements CallStyle {

	private final InterceptedCache cache;

	BlockingStyle(InterceptedCache cache) {
		this.cache = cache;
	}

	@Override
	public Loader<Object, Throwable> cache(CachedOperation operation, MethodCall call,
			Loader<Object, Throwable> method) {
		boolean wrapped = operation.answerType().wrapped();
		return () -> {
			CachedAnswer<Object> answer = this.cache.cache().get(operation.request(call, this.cache.failures()), () -> {
				Object result = method.load();
				return wrapped ? AnswerType.unwrap(result) : result;
			});
			return wrapped ? answer : answer.value();
		};
	}

	@Override
	public Loader<Object, Throwable> evictFirst(MethodEvictions evictions, Loader<Object, Throwable> answer) {
		return () -> {
			evictions.evict(true, evictions.evictor());
			return answer.load();
		};
	}

	@Override
	public Loader<Object, Throwable> evictLast(MethodEvictions evictions, Loader<Object, Throwable> answer) {
		return () -> {
			Evictor evictor = evictions.evictor();
			Object result = answer.load();
			evictions.evict(false, evictor);
			return result;
		};
	}

}
