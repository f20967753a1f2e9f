package io.github.llmcache.interceptor;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.EvictionSelector;

/**
 * An {@code @LlmCacheEvict} annotation, parsed and checked.
 *
 * @param beforeInvocation whether to evict before the method runs
 * @param atOnce whether not to wait for the commit of a transaction
 * @param condition what has to be true, if anything
 * @param task the task, if one is given
 * @param model the model, if one is given
 * @param template the template, if one is given
 * @param scope the scope, if one is given
 * @param tag the tag, if one is given
 * @param prompt the prompt, if one is given
 * @param promptPattern the pattern, if one is given
 */
record EvictOperation(boolean beforeInvocation, boolean atOnce, @Nullable MethodExpression condition,
		@Nullable MethodExpression task, @Nullable MethodExpression model, @Nullable MethodExpression template,
		@Nullable MethodExpression scope, @Nullable MethodExpression tag, @Nullable MethodExpression prompt,
		@Nullable MethodExpression promptPattern) {

	boolean hasCriteria() {
		return this.task != null || this.model != null || this.template != null || this.scope != null
				|| this.tag != null || this.prompt != null || this.promptPattern != null;
	}

	/**
	 * What one call evicts.
	 * @param call the call
	 * @return the selector, or {@code null} if the condition is not met
	 * @throws IllegalArgumentException if a criterion has no value
	 */
	@Nullable EvictionSelector selector(MethodCall call) {
		if (this.condition != null && !this.condition.isTrue(call)) {
			return null;
		}
		return EvictionSelector.all()
			.withTask(text("task", this.task, call))
			.withModel(text("model", this.model, call))
			.withTemplate(text("template", this.template, call))
			.withScope(text("scope", this.scope, call))
			.withTag(text("tag", this.tag, call))
			.withPrompt(text("prompt", this.prompt, call))
			.withPromptPattern(text("promptPattern", this.promptPattern, call));
	}

	private static @Nullable String text(String attribute, @Nullable MethodExpression expression, MethodCall call) {
		if (expression == null) {
			return null;
		}
		String text = expression.text(call);
		if (text == null) {
			throw new IllegalArgumentException("'" + attribute
					+ "' of @LlmCacheEvict gives null; nothing was evicted, because without it more would be");
		}
		return text;
	}

}
