package io.github.llmcache.interceptor;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationContext;

/**
 * One call of an annotated method, as expressions see it. Used by one thread.
 */
final class MethodCall {

	private final Expressions expressions;

	private final Root root;

	private @Nullable EvaluationContext context;

	MethodCall(Expressions expressions, Object target, Method method, @Nullable Object[] args) {
		this.expressions = expressions;
		this.root = new Root(target, method, args);
	}

	@Nullable Object argument(int index) {
		return this.root.args()[index];
	}

	/**
	 * The evaluation context, made when the first expression needs it.
	 */
	EvaluationContext context() {
		EvaluationContext current = this.context;
		if (current == null) {
			current = this.expressions.createContext(this.root);
			this.context = current;
		}
		return current;
	}

	/**
	 * The root object of expressions.
	 *
	 * @param target the called object
	 * @param method the called method
	 * @param args the arguments
	 */
	record Root(Object target, Method method, @Nullable Object[] args) {

	}

}
