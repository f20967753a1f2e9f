package io.github.llmcache.interceptor;

import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.AopUtils;

import io.github.llmcache.core.Loader;
import io.github.llmcache.interceptor.LlmCacheOperationSource.MethodOperations;
import io.github.llmcache.reactive.KotlinFlows;

/**
 * Takes calls of annotated methods to the engine, and the answers back to the callers.
 */
final class LlmCacheInterceptor implements MethodInterceptor {

	private final LlmCacheOperationSource operations;

	private final Supplier<InterceptedCache> cache;

	LlmCacheInterceptor(LlmCacheOperationSource operations, Supplier<InterceptedCache> cache) {
		this.operations = operations;
		this.cache = cache;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		MethodOperations found = (target != null)
				? this.operations.find(invocation.getMethod(), AopUtils.getTargetClass(target)) : null;
		if (target == null || found == null) {
			return invocation.proceed();
		}
		MethodCall call = new MethodCall(this.operations.expressions(), target, found.method(),
				invocation.getArguments());
		if (found.form() == AnswerForm.FLOW) {
			return KotlinFlows.ofPublisher(answer(found, call, () -> KotlinFlows.toPublisher(proceed(invocation))));
		}
		return answer(found, call, () -> proceed(invocation));
	}

	private @Nullable Object answer(MethodOperations found, MethodCall call, Loader<Object, Throwable> method)
			throws Throwable {
		InterceptedCache there = this.cache.get();
		CallStyle style = style(found.form(), there);
		MethodEvictions evictions = new MethodEvictions(found.evictions(), call, there);
		Loader<Object, Throwable> answer = method;
		if (found.cached() != null) {
			answer = style.cache(found.cached(), call, answer);
		}
		if (evictions.hasAny(true)) {
			answer = style.evictFirst(evictions, answer);
		}
		if (evictions.hasAny(false)) {
			answer = style.evictLast(evictions, answer);
		}
		return answer.load();
	}

	private static CallStyle style(AnswerForm form, InterceptedCache cache) {
		return switch (form) {
			case VALUE -> new BlockingStyle(cache);
			case FUTURE -> new FutureStyle(cache);
			case MONO -> new ReactiveStyle(cache, false);
			case FLUX, FLOW -> new ReactiveStyle(cache, true);
		};
	}

	/**
	 * Proceed, as often as necessary and on any thread. Advice further inside may ask for
	 * the current invocation there.
	 */
	private static @Nullable Object proceed(MethodInvocation invocation) throws Throwable {
		return (invocation instanceof ProxyMethodInvocation proxied)
				? ExposeInvocationInterceptor.INSTANCE.invoke(proxied.invocableClone()) : invocation.proceed();
	}

}
