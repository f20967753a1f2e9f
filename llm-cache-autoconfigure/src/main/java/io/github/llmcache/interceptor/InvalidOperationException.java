package io.github.llmcache.interceptor;

import java.lang.reflect.Method;

import org.springframework.util.ClassUtils;

import io.github.llmcache.diagnostics.ExplainedFailure;

/**
 * An annotation that cannot be carried out. Thrown when the bean is created, or when all
 * beans are, if it is the other beans that it does not go with.
 */
final class InvalidOperationException extends IllegalStateException implements ExplainedFailure {

	private final String problem;

	private final String remedy;

	/**
	 * Create the exception.
	 * @param method the annotated method
	 * @param problem what is wrong, as the rest of a sentence that begins with the method
	 * @param remedy what to do, as one sentence
	 */
	InvalidOperationException(Method method, String problem, String remedy) {
		this("Method " + ClassUtils.getQualifiedMethodName(method) + " " + problem + ".", remedy);
	}

	private InvalidOperationException(String problem, String remedy) {
		super(problem + " " + remedy);
		this.problem = problem;
		this.remedy = remedy;
	}

	@Override
	public String getProblem() {
		return this.problem;
	}

	@Override
	public String getRemedy() {
		return this.remedy;
	}

}
