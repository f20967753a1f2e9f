package io.github.llmcache.springai;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/**
 * A model in this JVM that keeps what it is asked. No two of its answers have the same
 * text or id.
 */
final class LocalChatModel implements ChatModel {

	final List<Prompt> prompts = new CopyOnWriteArrayList<>();

	ChatOptions options = ChatOptions.builder().model("local").temperature(0.2).build();

	BiFunction<Prompt, Integer, ChatResponse> answer = (prompt, number) -> response("Answer " + number, "stop", number);

	Function<Prompt, Flux<ChatResponse>> stream = (prompt) -> Flux.error(new IllegalStateException("No stream"));

	@Override
	public ChatResponse call(Prompt prompt) {
		this.prompts.add(prompt);
		return this.answer.apply(prompt, this.prompts.size());
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		this.prompts.add(prompt);
		return this.stream.apply(prompt);
	}

	@Override
	public ChatOptions getOptions() {
		return this.options;
	}

	int calls() {
		return this.prompts.size();
	}

	static ChatResponse response(String text, String finishReason, int number) {
		ChatResponseMetadata metadata = ChatResponseMetadata.builder()
			.id("id-" + number)
			.model("local-2026")
			.usage(new DefaultUsage(7, 5, 13))
			.keyValue("created", 1_760_000_000L + number)
			.build();
		return new ChatResponse(List.of(generation(text, finishReason)), metadata);
	}

	static Generation generation(String text, String finishReason) {
		return new Generation(new AssistantMessage(text),
				ChatGenerationMetadata.builder().finishReason(finishReason).build());
	}

	/**
	 * A chunk without usage and end.
	 */
	static ChatResponse chunk(String text) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text))));
	}

}
