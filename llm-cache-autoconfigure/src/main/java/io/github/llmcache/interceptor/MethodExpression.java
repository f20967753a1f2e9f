package io.github.llmcache.interceptor;

import org.jspecify.annotations.Nullable;

/**
 * A value that is taken from a call.
 */
@FunctionalInterface
interface MethodExpression {

	@Nullable Object evaluate(MethodCall call);

	/**
	 * Evaluate to a text, since the roles of the identity are compared as texts.
	 */
	default @Nullable String text(MethodCall call) {
		Object value = evaluate(call);
		if (value == null) {
			return null;
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (Expressions.hasTextForm(value.getClass())) {
			return value.toString();
		}
		throw new IllegalArgumentException("A " + value.getClass().getName() + " has no text form");
	}

	default boolean isTrue(MethodCall call) {
		return Boolean.TRUE.equals(evaluate(call));
	}

}
