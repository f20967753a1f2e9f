package io.github.llmcache.springai;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AbstractMessage;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.Generation;

import org.springframework.util.StringUtils;

/**
 * One of the texts of a response.
 *
 * @param text the text
 * @param properties the metadata of the message
 * @param finishReason why the model stopped, in the words of its provider
 * @param contentFilters filters that the provider has applied
 * @param metadata the metadata of the generation
 */
record StoredGeneration(@Nullable String text, Map<String, StoredValue> properties, @Nullable String finishReason,
		List<String> contentFilters, Map<String, StoredValue> metadata) {

	/**
	 * The finish reasons of answers that a model has ended by itself: the first by
	 * OpenAI, Google, Mistral, DeepSeek and Ollama, the next two by Anthropic and
	 * Bedrock, the last by Cohere. Everything else counts as cut off, such as
	 * {@code length}, {@code max_tokens}, {@code content_filter}, {@code safety},
	 * {@code refusal} and {@code tool_calls}, and so do reasons that are not known yet.
	 */
	private static final Set<String> ENDS = Set.of("stop", "end_turn", "stop_sequence", "complete");

	static StoredGeneration of(Generation generation) {
		AssistantMessage message = generation.getOutput();
		ChatGenerationMetadata metadata = generation.getMetadata();
		Map<String, StoredValue> properties = new TreeMap<>(StoredValue.ofAll(message.getMetadata().entrySet()));
		properties.remove(AbstractMessage.MESSAGE_TYPE);
		return new StoredGeneration(message.getText(), properties, metadata.getFinishReason(),
				metadata.getContentFilters().stream().sorted().toList(), StoredValue.ofAll(metadata.entrySet()));
	}

	/**
	 * Whether a generation is all of an answer, and can be restored. Tool calls are not
	 * the answer yet, and media and what the messages of a provider have beyond those of
	 * Spring AI cannot be restored.
	 */
	static boolean isWhole(Generation generation) {
		AssistantMessage message = generation.getOutput();
		ChatGenerationMetadata metadata = generation.getMetadata();
		return message.getClass() == AssistantMessage.class && !message.hasToolCalls() && message.getMedia().isEmpty()
				&& isEnd(metadata.getFinishReason()) && StoredValue.keepsContent(message.getMetadata().entrySet())
				&& StoredValue.keepsContent(metadata.entrySet());
	}

	/**
	 * All but the last chunk of a stream have no reason, and neither have the answers of
	 * some models.
	 */
	private static boolean isEnd(@Nullable String finishReason) {
		return !StringUtils.hasText(finishReason) || ENDS.contains(finishReason.toLowerCase(Locale.ROOT));
	}

	boolean hasFinishReason() {
		return StringUtils.hasText(this.finishReason);
	}

	/**
	 * Whether the message says why the model stopped, or that it has not yet.
	 */
	boolean mentionsFinishReason() {
		return this.properties.containsKey("finishReason");
	}

	/**
	 * Whether it is what the model thought before it answered, as Google and Anthropic
	 * mark it.
	 */
	boolean isThought() {
		StoredValue thought = this.properties.get("isThought");
		return this.properties.containsKey("signature") || thought != null && "true".equals(thought.text());
	}

	Generation restore() {
		AssistantMessage message = AssistantMessage.builder()
			.content(this.text)
			.properties(StoredValue.restoreAll(this.properties))
			.build();
		return new Generation(message, restoreMetadata());
	}

	/**
	 * Whatever aggregates chunks takes the last metadata that is not the constant.
	 */
	private ChatGenerationMetadata restoreMetadata() {
		if (this.finishReason == null && this.contentFilters.isEmpty() && this.metadata.isEmpty()) {
			return ChatGenerationMetadata.NULL;
		}
		return ChatGenerationMetadata.builder()
			.finishReason(this.finishReason)
			.contentFilters(Set.copyOf(this.contentFilters))
			.metadata(StoredValue.restoreAll(this.metadata))
			.build();
	}

}
