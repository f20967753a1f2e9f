package io.github.llmcache.interceptor;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Supplier;

import org.aopalliance.aop.Advice;

import org.springframework.aop.ClassFilter;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.Ordered;
import org.springframework.util.StringValueResolver;
import org.springframework.util.function.SingletonSupplier;

import io.github.llmcache.policy.RequestedPolicy;

/**
 * Puts the cache in front of annotated methods.
 * <p>
 * Its order lies a little before the lowest precedence: outside of circuit breakers,
 * transactions and {@code @Cacheable}, so that a hit costs none of them. Spring's own
 * {@code @Retryable} places itself outside of every other advisor, so that each of its
 * attempts is a lookup.
 */
public final class LlmCacheAdvisor extends AbstractPointcutAdvisor implements SmartInitializingSingleton {

	/**
	 * The default order among advisors.
	 */
	public static final int DEFAULT_ORDER = Ordered.LOWEST_PRECEDENCE - 10;

	private static final long serialVersionUID = 1;

	private final transient LlmCacheOperationSource operations;

	private final transient Supplier<InterceptedCache> cache;

	private final transient Pointcut pointcut;

	private final transient LlmCacheInterceptor interceptor;

	/**
	 * Create the advisor.
	 * @param beanFactory for {@code @bean} references of expressions
	 * @param placeholders resolves property placeholders of annotations
	 * @param cache supplies the cache when all beans exist, or at the first call if that
	 * comes earlier, so that advising a bean does not start it
	 */
	public LlmCacheAdvisor(BeanFactory beanFactory, StringValueResolver placeholders,
			Supplier<InterceptedCache> cache) {
		this.operations = new LlmCacheOperationSource(beanFactory, placeholders);
		this.cache = SingletonSupplier.of(cache);
		this.pointcut = new AnnotatedMethods(this.operations);
		this.interceptor = new LlmCacheInterceptor(this.operations, this.cache);
		setOrder(DEFAULT_ORDER);
	}

	/**
	 * Creates the engine and checks all methods now, so that no event loop waits for the
	 * engine at its first call, and a method that cannot be cached is reported at
	 * start-up.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.operations.check(new OperationCheck(this.cache.get())::check);
	}

	/**
	 * The tasks that the application's annotations name.
	 * @return what the annotations ask for, by task
	 */
	public Map<String, RequestedPolicy> tasks() {
		return this.operations.tasks();
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	@Override
	public Advice getAdvice() {
		return this.interceptor;
	}

	/**
	 * Asking for a class parses all of its annotations, so that an invalid one fails the
	 * creation of the bean.
	 */
	private static final class AnnotatedMethods extends StaticMethodMatcherPointcut {

		private final LlmCacheOperationSource operations;

		AnnotatedMethods(LlmCacheOperationSource operations) {
			this.operations = operations;
			setClassFilter(new AnnotatedClasses(operations));
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return this.operations.find(method, targetClass) != null;
		}

	}

	private record AnnotatedClasses(LlmCacheOperationSource operations) implements ClassFilter {

		@Override
		public boolean matches(Class<?> type) {
			return this.operations.hasOperations(type);
		}

	}

}
