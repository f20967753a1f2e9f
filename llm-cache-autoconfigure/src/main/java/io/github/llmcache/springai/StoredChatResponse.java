package io.github.llmcache.springai;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;

import io.github.llmcache.answer.Completeness;
import io.github.llmcache.answer.MeteredAnswer;
import io.github.llmcache.answer.TextualAnswer;
import io.github.llmcache.answer.TokenUsage;

/**
 * A response of a model, or a chunk of one, as it is stored. Rate limits, the filter
 * results for the prompt and objects of a provider's own classes describe the call, and
 * are not kept.
 *
 * @param generations the texts
 * @param id the provider's id of the response
 * @param model the model that the provider names
 * @param usage how many tokens were used, if that is known
 * @param metadata the metadata of the response
 * @param complete whether it is all of an answer that came to its end, or may be a part
 * of one, and can be restored
 */
record StoredChatResponse(List<StoredGeneration> generations, @Nullable String id, @Nullable String model,
		@Nullable StoredUsage usage, Map<String, StoredValue> metadata,
		boolean complete) implements Completeness, MeteredAnswer, TextualAnswer {

	static StoredChatResponse of(@Nullable ChatResponse response) {
		if (response == null) {
			return incomplete();
		}
		ChatResponseMetadata metadata = response.getMetadata();
		boolean complete = response.getResults().stream().allMatch(StoredGeneration::isWhole)
				&& StoredValue.keepsContent(metadata.entrySet());
		return new StoredChatResponse(response.getResults().stream().map(StoredGeneration::of).toList(),
				metadata.getId(), metadata.getModel(), StoredUsage.of(metadata.getUsage()),
				StoredValue.ofAll(metadata.entrySet()), complete);
	}

	/**
	 * What stands for a response that cannot be stored.
	 */
	static StoredChatResponse incomplete() {
		return new StoredChatResponse(List.of(), null, null, null, Map.of(), false);
	}

	/**
	 * Whether an answer, with all of its chunks, is complete and has no text.
	 */
	static boolean isBlank(@Nullable Object answer) {
		if (answer instanceof List<?> chunks) {
			return chunks.stream().allMatch(StoredChatResponse::isBlank);
		}
		return answer instanceof StoredChatResponse response && response.complete && response.text().isBlank();
	}

	@Override
	public String text() {
		return this.generations.stream()
			.map(StoredGeneration::text)
			.filter(Objects::nonNull)
			.collect(Collectors.joining("\n"));
	}

	@Override
	public @Nullable TokenUsage tokenUsage() {
		return (this.usage != null) ? this.usage.tokens() : null;
	}

	ChatResponse restore() {
		ChatResponseMetadata.Builder builder = ChatResponseMetadata.builder();
		if (this.id != null) {
			builder.id(this.id);
		}
		if (this.model != null) {
			builder.model(this.model);
		}
		if (this.usage != null) {
			builder.usage(this.usage.restore());
		}
		StoredValue.restoreAll(this.metadata).forEach(builder::keyValue);
		return new ChatResponse(this.generations.stream().map(StoredGeneration::restore).toList(), builder.build());
	}

	/**
	 * Completeness only: answers do not appear in log lines.
	 */
	@Override
	public String toString() {
		return "StoredChatResponse[complete=" + this.complete + "]";
	}

}
