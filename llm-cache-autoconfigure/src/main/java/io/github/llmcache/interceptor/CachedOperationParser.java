package io.github.llmcache.interceptor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

import io.github.llmcache.annotation.LlmCacheIgnore;
import io.github.llmcache.annotation.LlmCachePrompt;
import io.github.llmcache.annotation.LlmCacheScope;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;

/**
 * Decides once what an {@link LlmCached} annotation means.
 */
final class CachedOperationParser {

	private final Expressions expressions;

	private final StringValueResolver placeholders;

	CachedOperationParser(Expressions expressions, StringValueResolver placeholders) {
		this.expressions = expressions;
		this.placeholders = placeholders;
	}

	CachedOperation parse(LlmCached annotation, AnnotatedSignature signature) {
		AnswerType answerType = AnswerType.of(signature);
		TaskName task = task(annotation, signature);
		RequestedPolicy policy = policy(annotation, signature);
		// parameters that are in the identity by a role, or not at all
		Set<Integer> taken = new HashSet<>(signature.annotated(LlmCacheIgnore.class));
		MethodExpression model = role(annotation.model(), "model", signature, taken);
		MethodExpression template = role(annotation.template(), "template", signature, taken);
		MethodExpression scope = scope(annotation, signature, taken);
		Prompt prompt = prompt(annotation, signature, taken);
		return new CachedOperation(answerType, task, prompt.expression(), model, template, scope,
				arguments(signature, taken, prompt), policy, optional(annotation.condition(), "condition", signature),
				optional(annotation.unless(), "unless", signature), tags(annotation, signature));
	}

	private TaskName task(LlmCached annotation, AnnotatedSignature signature) {
		String text = resolve(annotation.task()).strip();
		if (text.isEmpty()) {
			throw signature.invalid("is annotated with @LlmCached without a task",
					"Give the kind of work a name: @LlmCached(task = \"support-answer\").");
		}
		return new TaskName(text, this.expressions.parseTemplate(text, "task", signature));
	}

	private RequestedPolicy policy(LlmCached annotation, AnnotatedSignature signature) {
		double minSimilarity = annotation.minSimilarity();
		if (!(minSimilarity <= 1)) {
			throw signature.invalid("has 'minSimilarity = " + minSimilarity + "'",
					"Give a cosine similarity between 0 and 1, or leave it out for the default.");
		}
		int shareAfterScopes = annotation.shareAfterScopes();
		if (shareAfterScopes >= 0 && !CachePolicy.isShareable(shareAfterScopes)) {
			throw signature.invalid("has 'shareAfterScopes = " + shareAfterScopes + "'",
					"Give a number of scopes from 2 to " + CachePolicy.MOST_SCOPES
							+ ", 0 never to share, or leave it out for the default.");
		}
		Duration ttl = duration("ttl", annotation.ttl(), "disable caching", signature);
		Duration refreshAfter = duration("refreshAfter", annotation.refreshAfter(), "disable refreshing", signature);
		Duration staleIfError = duration("staleIfError", annotation.staleIfError(), "disable it", signature);
		List<Class<? extends Throwable>> staleOn = List.of(annotation.staleOn());
		boolean semantic = annotation.semantic();
		return (policy) -> policy.ttl(ttl)
			.semantic(semantic)
			.minSimilarity((minSimilarity >= 0) ? minSimilarity : null)
			.refreshAfter(refreshAfter)
			.staleIfError(staleIfError)
			.staleOn(!staleOn.isEmpty() ? staleOn : null)
			.shareAfterScopes((shareAfterScopes >= 0) ? shareAfterScopes : null);
	}

	private @Nullable Duration duration(String attribute, String value, String zero, AnnotatedSignature signature) {
		String text = resolve(value).strip();
		if (text.isEmpty()) {
			return null;
		}
		try {
			Duration duration = DurationFormatterUtils.detectAndParse(text);
			if (!duration.isNegative()) {
				return duration;
			}
		}
		catch (IllegalArgumentException ex) {
			// reported below
		}
		throw signature.invalid("has '" + attribute + " = \"" + text + "\"', which is not a valid duration",
				"Write a duration such as 30m, 12h or P7D, or 0 to " + zero + ".");
	}

	/**
	 * Model or template: an expression, or by convention the parameter of that name.
	 */
	private @Nullable MethodExpression role(String expression, String name, AnnotatedSignature signature,
			Set<Integer> taken) {
		if (StringUtils.hasText(expression)) {
			return this.expressions.parse(expression, name, signature).expression();
		}
		int index = signature.names().indexOf(name);
		if (index < 0 || taken.contains(index) || signature.isAnnotated(index, LlmCachePrompt.class)
				|| signature.isAnnotated(index, LlmCacheScope.class)
				|| !Expressions.hasTextForm(signature.type(index))) {
			return null;
		}
		taken.add(index);
		return argument(index);
	}

	private @Nullable MethodExpression scope(LlmCached annotation, AnnotatedSignature signature, Set<Integer> taken) {
		List<Integer> annotated = signature.annotated(LlmCacheScope.class);
		boolean expression = StringUtils.hasText(annotation.scope());
		if (annotated.size() > 1 || (expression && !annotated.isEmpty())) {
			throw signature.invalid("declares more than one scope",
					"Keep either the 'scope' expression or one @LlmCacheScope parameter.");
		}
		if (expression) {
			return this.expressions.parse(annotation.scope(), "scope", signature).expression();
		}
		if (annotated.isEmpty()) {
			return null;
		}
		int index = annotated.get(0);
		if (!Expressions.hasTextForm(signature.type(index))) {
			throw signature.invalid(
					"has the scope '" + signature.name(index) + "' of type " + signature.type(index).getName(),
					"Scopes are compared as text: write scope = \"#" + signature.name(index)
							+ ".id\", with the property that identifies it.");
		}
		taken.add(index);
		return argument(index);
	}

	private Prompt prompt(LlmCached annotation, AnnotatedSignature signature, Set<Integer> taken) {
		List<Integer> annotated = signature.annotated(LlmCachePrompt.class);
		boolean expression = StringUtils.hasText(annotation.prompt());
		if (annotated.size() > 1 || (expression && !annotated.isEmpty())) {
			throw signature.invalid("declares more than one prompt",
					"Keep either the 'prompt' expression or one @LlmCachePrompt parameter.");
		}
		if (expression) {
			return readPrompt(annotation, signature, taken);
		}
		int index = annotated.isEmpty() ? conventionalPrompt(signature, taken) : annotated.get(0);
		if (!CharSequence.class.isAssignableFrom(signature.type(index))) {
			throw signature.invalid(
					"has the prompt '" + signature.name(index) + "' of type " + signature.type(index).getName(),
					"Write prompt = \"#" + signature.name(index) + ".text\", with the property that holds the text.");
		}
		return new Prompt(argument(index), index, List.of());
	}

	private Prompt readPrompt(LlmCached annotation, AnnotatedSignature signature, Set<Integer> taken) {
		Expressions.Parsed parsed = this.expressions.parse(annotation.prompt(), "prompt", signature);
		Set<Integer> read = new HashSet<>(parsed.parameters());
		read.removeAll(taken);
		if (read.isEmpty()) {
			return new Prompt(parsed.expression(), -1, List.of());
		}
		if (parsed.path() != null) {
			return new Prompt(parsed.expression(), read.iterator().next(), parsed.path());
		}
		if (annotation.semantic()) {
			throw signature.invalid(
					"has 'prompt = \"" + annotation.prompt() + "\"', which cannot be separated from the rest of "
							+ read.stream().sorted().map(signature::name).toList()
							+ ", so that another wording would never match",
					"Annotate these parameters with @LlmCacheIgnore, and declare what else in them affects the"
							+ " answer as template or scope; or set semantic = false.");
		}
		return new Prompt(parsed.expression(), -1, List.of());
	}

	private static int conventionalPrompt(AnnotatedSignature signature, Set<Integer> taken) {
		int named = signature.names().indexOf("prompt");
		if (named >= 0 && !taken.contains(named)) {
			return named;
		}
		List<Integer> texts = new ArrayList<>();
		for (int i = 0; i < signature.size(); i++) {
			if (!taken.contains(i) && CharSequence.class.isAssignableFrom(signature.type(i))) {
				texts.add(i);
			}
		}
		if (texts.size() != 1) {
			throw signature.invalidName(
					texts.isEmpty() ? "has no text parameter that could be the prompt"
							: "has the text parameters " + texts.stream().map(signature::name).toList()
									+ ", none of which is declared as the prompt",
					"Annotate the prompt with @LlmCachePrompt, or write prompt = \"#...\".");
		}
		return texts.get(0);
	}

	private static List<CachedOperation.IdentityArgument> arguments(AnnotatedSignature signature, Set<Integer> taken,
			Prompt prompt) {
		List<CachedOperation.IdentityArgument> arguments = new ArrayList<>();
		for (int i = 0; i < signature.size(); i++) {
			boolean wholePrompt = (i == prompt.parameter() && prompt.path().isEmpty());
			if (!taken.contains(i) && !wholePrompt) {
				List<String> without = (i == prompt.parameter()) ? prompt.path() : List.of();
				arguments.add(new CachedOperation.IdentityArgument(i, signature.name(i), without));
			}
		}
		return List.copyOf(arguments);
	}

	private List<MethodExpression> tags(LlmCached annotation, AnnotatedSignature signature) {
		return Arrays.stream(annotation.tags())
			.map((tag) -> this.expressions.parseTemplate(resolve(tag), "tags", signature))
			.toList();
	}

	private @Nullable MethodExpression optional(String expression, String attribute, AnnotatedSignature signature) {
		return StringUtils.hasText(expression) ? this.expressions.parse(expression, attribute, signature).expression()
				: null;
	}

	private String resolve(String text) {
		String resolved = this.placeholders.resolveStringValue(text);
		return (resolved != null) ? resolved : "";
	}

	private static MethodExpression argument(int index) {
		return (call) -> call.argument(index);
	}

	/**
	 * Where the prompt comes from.
	 *
	 * @param expression the prompt
	 * @param parameter the only parameter that it is read from, or -1
	 * @param path what is read of that parameter; empty for all of it
	 */
	private record Prompt(MethodExpression expression, int parameter, List<String> path) {

	}

}
