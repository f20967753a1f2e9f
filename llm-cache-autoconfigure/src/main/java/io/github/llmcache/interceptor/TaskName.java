package io.github.llmcache.interceptor;

/**
 * The task of an operation: a name, or a text with expressions.
 *
 * @param text the text
 * @param expression what it means
 */
record TaskName(String text, MethodExpression expression) {

	/**
	 * The name for calls whose task is not known, because its expression fails.
	 */
	private static final String UNKNOWN = "unknown";

	boolean isConstant() {
		return !Expressions.isTemplate(this.text);
	}

	String resolve(MethodCall call) {
		String name = this.expression.text(call);
		if (name == null || name.isBlank()) {
			throw new IllegalArgumentException("The task is empty");
		}
		return name;
	}

	String fallback() {
		return isConstant() ? this.text : UNKNOWN;
	}

}
