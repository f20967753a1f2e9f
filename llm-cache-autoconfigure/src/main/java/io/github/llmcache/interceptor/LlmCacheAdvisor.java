package io.github.llmcache.interceptor;

import java.lang.reflect.Method;

import org.aopalliance.aop.Advice;

import org.springframework.aop.ClassFilter;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.Ordered;

/**
 * Advises the methods that are annotated.
 * <p>
 * Its order lies a little before the lowest precedence: outside of circuit breakers,
 * transactions and {@code @Cacheable}, so that a hit costs none of them. Spring's own
 * {@code @Retryable} places itself outside of every other advisor, so that each of its
 * attempts is a lookup.
 */
public final class LlmCacheAdvisor extends AbstractPointcutAdvisor {

	/**
	 * The default order among advisors.
	 */
	public static final int DEFAULT_ORDER = Ordered.LOWEST_PRECEDENCE - 10;

	private static final long serialVersionUID = 1;

	private final transient Pointcut pointcut;

	private final transient LlmCacheInterceptor interceptor;

	/**
	 * Create the advisor.
	 * @param operations what the annotations say
	 * @param interceptor carries it out
	 */
	public LlmCacheAdvisor(LlmCacheOperationSource operations, LlmCacheInterceptor interceptor) {
		this.pointcut = new AnnotatedMethods(operations);
		this.interceptor = interceptor;
		setOrder(DEFAULT_ORDER);
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
