package io.github.llmcache.interceptor;

import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CallOrigin;
import io.github.llmcache.core.Loader;
import io.github.llmcache.reactive.ReactiveMethods;

/**
 * For methods that return a {@code Mono} or a {@code Flux}: everything waits for the
 * subscription.
 */
final class ReactiveStyle implements CallStyle {

	private final InterceptedCache cache;

	private final ReactiveMethods methods;

	private final boolean many;

	ReactiveStyle(InterceptedCache cache, boolean many) {
		this.cache = cache;
		this.methods = new ReactiveMethods(cache.cache());
		this.many = many;
	}

	@Override
	public Loader<Object, Throwable> cache(CachedOperation operation, MethodCall call,
			Loader<Object, Throwable> method) {
		CacheRequest<Object> request = operation.request(call, this.cache.failures());
		boolean wrapped = operation.answerType().wrapped();
		return () -> this.many ? this.methods.flux(request, wrapped, method)
				: this.methods.mono(request, wrapped, method);
	}

	@Override
	public Loader<Object, Throwable> evictFirst(MethodEvictions evictions, Loader<Object, Throwable> answer) {
		Loader<Object, Throwable> later = CallOrigin.current().carry(answer);
		return () -> this.methods.evictFirst(this.many, (evictor) -> evictions.evictAsync(true, evictor), later);
	}

	@Override
	public Loader<Object, Throwable> evictLast(MethodEvictions evictions, Loader<Object, Throwable> answer) {
		return () -> this.methods.evictLast(this.many, answer, (evictor) -> evictions.evictAsync(false, evictor));
	}

}
