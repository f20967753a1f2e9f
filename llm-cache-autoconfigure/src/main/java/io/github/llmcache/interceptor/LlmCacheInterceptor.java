package io.github.llmcache.interceptor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CallOrigin;
import io.github.llmcache.core.FailureReporter;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.Loader;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.eviction.Evictor;
import io.github.llmcache.interceptor.LlmCacheOperationSource.MethodOperations;
import io.github.llmcache.reactive.ReactiveMethods;

/**
 * Carries annotated methods to the engine and back.
 */
public final class LlmCacheInterceptor implements MethodInterceptor, SmartInitializingSingleton {

	private final LlmCacheOperationSource operations;

	private final Supplier<LlmCache> cache;

	private final Supplier<FailureReporter> failures;

	private final Supplier<PayloadCodec> codec;

	/**
	 * Create the interceptor.
	 * @param operations what the annotations say
	 * @param cache the engine, asked for when all beans are there, so that advising a
	 * bean does not start it
	 * @param failures reports what fails outside of the engine
	 * @param codec knows which types of answers it cannot restore
	 */
	public LlmCacheInterceptor(LlmCacheOperationSource operations, Supplier<LlmCache> cache,
			Supplier<FailureReporter> failures, Supplier<PayloadCodec> codec) {
		this.operations = operations;
		this.cache = cache;
		this.failures = failures;
		this.codec = codec;
	}

	/**
	 * So that no event loop has to wait for the engine at its first call, and no type of
	 * answers that cannot be restored is met then.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.operations.support(this.codec.get()::supports);
		this.cache.get();
		this.failures.get();
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
		Loader<Object, Throwable> method = () -> proceed(invocation);
		return switch (found.form()) {
			case VALUE -> blocking(found, call, method);
			case FUTURE -> future(found, call, method);
			case MONO, FLUX -> reactive(found, call, method);
		};
	}

	/**
	 * Proceed as often as it takes and on any thread, where advice further inside may ask
	 * for the current invocation.
	 */
	private static @Nullable Object proceed(MethodInvocation invocation) throws Throwable {
		return (invocation instanceof ProxyMethodInvocation proxied)
				? ExposeInvocationInterceptor.INSTANCE.invoke(proxied.invocableClone()) : invocation.proceed();
	}

	private @Nullable Object blocking(MethodOperations found, MethodCall call, Loader<Object, Throwable> method)
			throws Throwable {
		CachedOperation cached = found.cached();
		Loader<Object, Throwable> answer = (cached != null) ? () -> answer(cached, call, method) : method;
		if (found.evictions().isEmpty()) {
			return answer.load();
		}
		MethodEvictions evictions = evictions(found, call);
		Evictor evictor = this.cache.get().evictions().evictor();
		evictions.evict(true, evictor);
		Object result = answer.load();
		evictions.evict(false, evictor);
		return result;
	}

	private @Nullable Object answer(CachedOperation operation, MethodCall call, Loader<Object, Throwable> method)
			throws Throwable {
		boolean wrapped = operation.answerType().wrapped();
		CachedAnswer<Object> answer = this.cache.get().get(request(operation, call), () -> {
			Object result = method.load();
			return wrapped ? unwrap(result) : result;
		});
		return wrapped ? answer : answer.value();
	}

	private @Nullable CompletionStage<?> future(MethodOperations found, MethodCall call,
			Loader<Object, Throwable> method) throws Throwable {
		CachedOperation cached = found.cached();
		Loader<CompletionStage<?>, Throwable> answer = (cached != null) ? () -> answerAsync(cached, call, method)
				: () -> (CompletionStage<?>) method.load();
		if (found.evictions().isEmpty()) {
			return answer.load();
		}
		MethodEvictions evictions = evictions(found, call);
		Evictor evictor = this.cache.get().evictions().evictor().elsewhere();
		if (evictions.hasAny(true)) {
			Loader<CompletionStage<?>, Throwable> later = later(answer);
			answer = () -> Stages.compose(evictions.evictAsync(true, evictor), (nothing) -> later.load());
		}
		CompletionStage<?> result = answer.load();
		return (result != null && evictions.hasAny(false)) ? Stages.compose(result,
				(value) -> Stages.map(evictions.evictAsync(false, evictor), (nothing) -> value)) : result;
	}

	private CompletionStage<?> answerAsync(CachedOperation operation, MethodCall call,
			Loader<Object, Throwable> method) {
		boolean wrapped = operation.answerType().wrapped();
		CompletableFuture<CachedAnswer<Object>> answer = this.cache.get().getAsync(request(operation, call), () -> {
			CompletionStage<?> result = (CompletionStage<?>) method.load();
			return (result != null && wrapped) ? Stages.map(result, LlmCacheInterceptor::unwrap) : result;
		});
		return wrapped ? answer : Stages.map(answer, LlmCacheInterceptor::unwrap);
	}

	private @Nullable Object reactive(MethodOperations found, MethodCall call, Loader<Object, Throwable> method)
			throws Throwable {
		CachedOperation cached = found.cached();
		boolean many = found.form() == AnswerForm.FLUX;
		ReactiveMethods methods = new ReactiveMethods(this.cache.get());
		Loader<Object, Throwable> answer = method;
		if (cached != null) {
			CacheRequest<Object> request = request(cached, call);
			boolean wrapped = cached.answerType().wrapped();
			answer = () -> many ? methods.flux(request, wrapped, method) : methods.mono(request, wrapped, method);
		}
		MethodEvictions evictions = evictions(found, call);
		if (evictions.hasAny(true)) {
			Loader<Object, Throwable> later = later(answer);
			answer = () -> methods.evictFirst(many, (evictor) -> evictions.evictAsync(true, evictor), later);
		}
		return evictions.hasAny(false)
				? methods.evictLast(many, answer, (evictor) -> evictions.evictAsync(false, evictor)) : answer.load();
	}

	/**
	 * What is done on another thread is done as if it was done here.
	 */
	private static <R> Loader<R, Throwable> later(Loader<R, Throwable> answer) {
		CallOrigin origin = CallOrigin.current();
		return () -> origin.run(answer);
	}

	private static @Nullable Object unwrap(@Nullable Object result) {
		return (result instanceof CachedAnswer<?> wrapper) ? wrapper.value() : result;
	}

	private CacheRequest<Object> request(CachedOperation operation, MethodCall call) {
		CacheRequest<Object> request = this.failures.get()
			.<@Nullable CacheRequest<Object>>attempt(Part.EXPRESSION, operation.task().fallback(),
					() -> operation.request(call), null);
		return (request != null) ? request : operation.failedRequest();
	}

	private MethodEvictions evictions(MethodOperations found, MethodCall call) {
		return new MethodEvictions(found.evictions(), call, this.cache.get().evictions(), this.failures.get());
	}

}
