package io.github.llmcache.interceptor;

import java.lang.reflect.Method;

import org.springframework.util.ClassUtils;

/**
 * An annotation that cannot be carried out. Thrown when the bean is created.
 */
public class InvalidOperationException extends IllegalStateException {

	private final String problem;

	private final String remedy;

	/**
	 * Create the exception.
	 * @param method the annotated method
	 * @param problem what is wrong, as the rest of a sentence that begins with the method
	 * @param remedy what to do, as one sentence
	 */
	public InvalidOperationException(Method method, String problem, String remedy) {
		super("Method " + ClassUtils.getQualifiedMethodName(method) + " " + problem + ". " + remedy);
		this.problem = "Method " + ClassUtils.getQualifiedMethodName(method) + " " + problem + ".";
		this.remedy = remedy;
	}

	/**
	 * What is wrong.
	 * @return one sentence
	 */
	public String getProblem() {
		return this.problem;
	}

	/**
	 * What to do.
	 * @return one sentence
	 */
	public String getRemedy() {
		return this.remedy;
	}

}
