package io.github.llmcache.interceptor;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

import io.github.llmcache.annotation.LlmCacheEvict;

/**
 * Decides once what an {@link LlmCacheEvict} annotation means.
 */
final class EvictOperationParser {

	private final Expressions expressions;

	private final StringValueResolver placeholders;

	EvictOperationParser(Expressions expressions, StringValueResolver placeholders) {
		this.expressions = expressions;
		this.placeholders = placeholders;
	}

	EvictOperation parse(LlmCacheEvict annotation, AnnotatedSignature signature) {
		EvictOperation operation = new EvictOperation(annotation.beforeInvocation(), annotation.atOnce(),
				expression(annotation.condition(), "condition", signature),
				template(annotation.task(), "task", signature), expression(annotation.model(), "model", signature),
				expression(annotation.template(), "template", signature),
				expression(annotation.scope(), "scope", signature), template(annotation.tag(), "tag", signature),
				expression(annotation.prompt(), "prompt", signature),
				expression(annotation.promptPattern(), "promptPattern", signature));
		if (operation.hasCriteria() == annotation.all()) {
			throw signature.invalid(
					"is annotated with @LlmCacheEvict "
							+ (annotation.all() ? "with 'all = true' and criteria" : "without any criterion"),
					"Name what to evict (task, model, template, scope, tag, prompt, promptPattern), or"
							+ " everything by 'all = true' alone.");
		}
		return operation;
	}

	private @Nullable MethodExpression expression(String text, String attribute, AnnotatedSignature signature) {
		return StringUtils.hasText(text) ? this.expressions.parse(text, attribute, signature).expression() : null;
	}

	private @Nullable MethodExpression template(String text, String attribute, AnnotatedSignature signature) {
		String resolved = this.placeholders.resolveStringValue(text);
		return StringUtils.hasText(resolved) ? this.expressions.parseTemplate(resolved, attribute, signature) : null;
	}

}
