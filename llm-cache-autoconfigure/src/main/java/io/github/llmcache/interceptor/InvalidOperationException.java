package io.github.llmcache.interceptor;

import java.lang.reflect.Method;

import org.springframework.util.ClassUtils;

import io.github.llmcache.diagnostics.SetupException;

/**
 * An annotation that cannot be carried out. Thrown when its bean is created, or once all
 * beans exist if the annotation conflicts with another bean.
 */
final class InvalidOperationException extends SetupException {

	/**
	 * Create the exception.
	 * @param method the annotated method
	 * @param problem what is wrong, as the rest of a sentence that begins with the method
	 * @param remedy what to do, as one sentence
	 */
	InvalidOperationException(Method method, String problem, String remedy) {
		super("Method " + ClassUtils.getQualifiedMethodName(method) + " " + problem + ".", remedy, null);
	}

}
