package io.github.llmcache.springai;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.advisor.ChatModelCallAdvisor;
import org.springframework.ai.chat.client.advisor.ChatModelStreamAdvisor;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.client.advisor.StructuredOutputValidationAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.MemoryAdvisor;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.convert.converter.Converter;

import io.github.llmcache.core.CacheRequest;

/**
 * A request of a {@code ChatClient} as a question to the cache: the text of the last
 * message is the prompt, all else that may decide about the answer is in the identity.
 */
final class ChatQuestion {

	/** What the advisor of the model adds to the prompt, out of the context. */
	private static final List<String> OUTPUT_ATTRIBUTES = List.of(ChatClientAttributes.OUTPUT_FORMAT.getKey(),
			ChatClientAttributes.STRUCTURED_OUTPUT_SCHEMA.getKey(),
			ChatClientAttributes.STRUCTURED_OUTPUT_NATIVE.getKey());

	/** These do nothing with the rest of the context. */
	private static final Set<Class<?>> NEUTRAL_ADVISORS = Set.of(ChatModelCallAdvisor.class,
			ChatModelStreamAdvisor.class, ToolCallingAdvisor.class, StructuredOutputValidationAdvisor.class,
			SimpleLoggerAdvisor.class);

	private final LlmCacheChatAdvisor.Settings settings;

	private final ChatClientRequest request;

	private final List<? extends Advisor> later;

	/**
	 * Read a request.
	 * @param settings what applies unless the request says otherwise
	 * @param request the request
	 * @param later the advisors between the cache and the model
	 */
	ChatQuestion(LlmCacheChatAdvisor.Settings settings, ChatClientRequest request, List<? extends Advisor> later) {
		this.settings = settings;
		this.request = request;
		this.later = later;
	}

	@SuppressWarnings("unchecked")
	<T> CacheRequest<T> toCacheRequest(ParameterizedTypeReference<T> type) {
		Converter<String, ?> converter = parameter(LlmCacheChatAdvisor.CONVERTER, Converter.class, null);
		String task = parameter(LlmCacheChatAdvisor.TASK, String.class, null);
		CacheRequest.Builder<T> builder = CacheRequest.forTask((task != null) ? task : this.settings.task(), type)
			.scope(parameter(LlmCacheChatAdvisor.SCOPE, String.class, this.settings.scope()))
			.semantic(parameter(LlmCacheChatAdvisor.SEMANTIC, Boolean.class, this.settings.semantic()))
			.ttl(this.settings.ttl())
			.unless(StoredChatResponse::isBlank);
		List<Message> messages = this.request.prompt().getInstructions();
		String model = model();
		if (messages.isEmpty() || !(messages.get(messages.size() - 1) instanceof UserMessage question)) {
			return builder.bypass("no-prompt").build();
		}
		if (!question.getMedia().isEmpty()) {
			return builder.bypass("media").build();
		}
		if (model == null) {
			return builder.bypass("unknown-model").build();
		}
		if (this.later.stream().anyMatch(MemoryAdvisor.class::isInstance)) {
			return builder.bypass("later-memory").build();
		}
		builder.prompt(question.getText()).model(model);
		try {
			return identify(builder, question, messages.subList(0, messages.size() - 1))
				.validator(new ChatAnswerValidator(check(converter)))
				.build();
		}
		catch (RuntimeException ex) {
			return builder.bypass("uncacheable-argument").build();
		}
	}

	<P> @Nullable P parameter(String name, Class<P> type, @Nullable P fallback) {
		Object value = this.request.context().get(name);
		if (value == null) {
			return fallback;
		}
		if (!type.isInstance(value)) {
			throw new IllegalArgumentException("The advisor parameter '" + name + "' must be a " + type.getSimpleName()
					+ ", not a " + value.getClass().getName());
		}
		return type.cast(value);
	}

	private @Nullable String model() {
		ChatOptions options = this.request.prompt().getOptions();
		String model = (options != null) ? options.getModel() : null;
		return (model != null) ? model : this.settings.model();
	}

	/**
	 * A message of a class of its own may hold anything besides its text, and all of it
	 * counts.
	 */
	private <T> CacheRequest.Builder<T> identify(CacheRequest.Builder<T> builder, UserMessage question,
			List<Message> earlier) {
		boolean onlyModel = this.later.stream().allMatch((advisor) -> NEUTRAL_ADVISORS.contains(advisor.getClass()));
		ChatIdentity identity = new ChatIdentity(this.settings.ignoredOptions(), this.settings.ignoredMetadata(),
				onlyModel);
		Map<String, @Nullable Object> output = new HashMap<>(this.request.context());
		output.keySet().retainAll(OUTPUT_ATTRIBUTES);
		builder.argument("earlier", identity.messages(earlier))
			.argument("question", (question.getClass() == UserMessage.class) ? question.getMetadata() : question)
			.argument("options", identity.options(this.request.prompt().getOptions()))
			.argument("output", output);
		if (!onlyModel) {
			Map<String, @Nullable Object> context = new HashMap<>(this.request.context());
			context.keySet().removeAll(LlmCacheChatAdvisor.PARAMETERS);
			builder.argument("context", context)
				.argument("later", this.later.stream().map((advisor) -> advisor.getClass().getName()).toList());
		}
		return builder;
	}

	/**
	 * A function that says why a text is not what was asked for.
	 */
	private @Nullable Function<String, @Nullable String> check(@Nullable Converter<String, ?> converter) {
		if (converter != null) {
			return (text) -> isConvertible(converter, text) ? null : "not-convertible";
		}
		RequestedJson json = RequestedJson.of(this.request);
		return (json != null) ? json::rejectionReason : null;
	}

	private static boolean isConvertible(Converter<String, ?> converter, String text) {
		try {
			converter.convert(text);
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
