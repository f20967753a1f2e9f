package io.github.llmcache.interceptor;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.key.Argument;
import io.github.llmcache.policy.RequestedPolicy;

/**
 * An {@code @LlmCached} annotation, parsed and checked.
 *
 * @param answerType the type of answers
 * @param task the task
 * @param prompt the prompt
 * @param model the model, if there is one
 * @param template the template, if there is one
 * @param scope the scope, if there is one
 * @param arguments every other argument
 * @param policy what the annotation asks for
 * @param condition what has to be true before the cache is used, if anything
 * @param unless what must not be true of an answer that is stored, if anything
 * @param tags the tags
 */
record CachedOperation(AnswerType answerType, TaskName task, MethodExpression prompt, @Nullable MethodExpression model,
		@Nullable MethodExpression template, @Nullable MethodExpression scope, List<IdentityArgument> arguments,
		RequestedPolicy policy, @Nullable MethodExpression condition, @Nullable MethodExpression unless,
		List<MethodExpression> tags) {

	/**
	 * Build the request of one call.
	 * @param call the call
	 * @param failures is notified if an expression fails
	 * @return the request, which bypasses the cache if an expression fails
	 */
	CacheRequest<Object> request(MethodCall call, FailureReporter failures) {
		Supplier<@Nullable CacheRequest<Object>> evaluated = () -> evaluate(call);
		CacheRequest<Object> request = failures.attempt(Part.EXPRESSION, this.task.fallback(), evaluated, null);
		return (request != null) ? request
				: CacheRequest.forTask(this.task.fallback(), this.answerType.type())
					.bypass("expression-failure")
					.build();
	}

	private CacheRequest<Object> evaluate(MethodCall call) {
		String taskName = this.task.resolve(call);
		CacheRequest.Builder<Object> builder = CacheRequest.forTask(taskName, this.answerType.type())
			.policy(this.policy);
		if (this.condition != null && !this.condition.isTrue(call)) {
			return builder.bypass("condition").build();
		}
		builder.prompt(this.prompt.text(call))
			.model(text(this.model, call))
			.template(text(this.template, call))
			.scope(text(this.scope, call));
		for (IdentityArgument argument : this.arguments) {
			builder.argument(new Argument(argument.name(), call.argument(argument.index()), argument.without()));
		}
		for (MethodExpression tag : this.tags) {
			String text = tag.text(call);
			if (text != null) {
				builder.tag(text);
			}
		}
		if (this.unless != null) {
			MethodExpression veto = this.unless;
			builder.unless((result) -> {
				call.context().setVariable("result", result);
				return veto.isTrue(call);
			});
		}
		return builder.build();
	}

	private static @Nullable String text(@Nullable MethodExpression expression, MethodCall call) {
		return (expression != null) ? expression.text(call) : null;
	}

	/**
	 * An argument that has to be equal.
	 *
	 * @param index its position
	 * @param name its name
	 * @param without the path of the prompt inside the argument, which does not count;
	 * empty if there is none
	 */
	record IdentityArgument(int index, String name, List<String> without) {

	}

}
