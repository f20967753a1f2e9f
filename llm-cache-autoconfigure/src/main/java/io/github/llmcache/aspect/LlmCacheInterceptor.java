package io.github.llmcache.aspect;

import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

import io.github.llmcache.aspect.LlmCacheOperationSource.MethodOperations;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CachedAnswer;
import io.github.llmcache.core.EvictionSelector;
import io.github.llmcache.core.FailureEvent.Part;
import io.github.llmcache.core.FailureReporter;
import io.github.llmcache.core.LlmCache;

/**
 * Carries annotated methods to the engine and back.
 */
public final class LlmCacheInterceptor implements MethodInterceptor {

	private final LlmCacheOperationSource operations;

	private final Supplier<LlmCache> cache;

	private final Supplier<FailureReporter> failures;

	/**
	 * Create the interceptor.
	 * @param operations what the annotations say
	 * @param cache the engine, asked for at every call, so that advising a bean does not
	 * start it
	 * @param failures is told what fails outside of the engine
	 */
	public LlmCacheInterceptor(LlmCacheOperationSource operations, Supplier<LlmCache> cache,
			Supplier<FailureReporter> failures) {
		this.operations = operations;
		this.cache = cache;
		this.failures = failures;
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
		EvictOperation evict = found.evict();
		if (evict != null && evict.beforeInvocation()) {
			evict(evict, call);
		}
		CachedOperation cached = found.cached();
		Object result = (cached != null) ? answer(cached, call, invocation) : invocation.proceed();
		if (evict != null && !evict.beforeInvocation()) {
			evict(evict, call);
		}
		return result;
	}

	private @Nullable Object answer(CachedOperation operation, MethodCall call, MethodInvocation invocation)
			throws Throwable {
		CacheRequest<Object> request = this.failures.get()
			.<@Nullable CacheRequest<Object>>attempt(Part.EXPRESSION, operation.task().fallback(),
					() -> operation.request(call), null);
		if (request == null) {
			request = operation.failedRequest();
		}
		CachedAnswer<Object> answer = this.cache.get().get(request, () -> {
			Object result = invocation.proceed();
			return (result instanceof CachedAnswer<?> wrapper && operation.answerType().wrapped()) ? wrapper.value()
					: result;
		});
		return operation.answerType().wrapped() ? answer : answer.value();
	}

	private void evict(EvictOperation operation, MethodCall call) {
		EvictionSelector selector = operation.selector(call);
		if (selector != null) {
			String task = (selector.task() != null) ? selector.task() : "all";
			this.failures.get().attempt(Part.STORE, task, () -> this.cache.get().evict(selector), 0L);
		}
	}

}
