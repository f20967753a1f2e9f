package io.github.llmcache.springai;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AdmissionPolicy;

/**
 * Decides which answers, fresh and cached ones, are of use to a request: those that are
 * complete and are what the request asks for.
 *
 * @param check says why a text is not what the request asks for, or is {@code null} if it
 * asks for any text
 */
record ChatAnswerValidator(@Nullable Function<String, @Nullable String> check) implements AdmissionPolicy {

	@Override
	public @Nullable String rejectionReason(String task, @Nullable Object value) {
		if (value instanceof StoredChatResponse response) {
			return reason(List.of(response), answers(response));
		}
		List<StoredChatResponse> chunks = chunks(value);
		return reason(chunks,
				List.of(chunks.stream().flatMap((chunk) -> answers(chunk).stream()).collect(Collectors.joining())));
	}

	private @Nullable String reason(List<StoredChatResponse> chunks, List<String> texts) {
		if (!hasEnded(chunks)) {
			return "incomplete";
		}
		Function<String, @Nullable String> wanted = this.check;
		return (wanted == null) ? null : texts.stream().map(wanted).filter(Objects::nonNull).findFirst().orElse(null);
	}

	/**
	 * Whether the model has stopped by itself, as far as its provider tells. One that
	 * mentions reasons with each chunk has to give one in the end.
	 */
	private static boolean hasEnded(List<StoredChatResponse> chunks) {
		List<StoredGeneration> generations = chunks.stream().flatMap((chunk) -> chunk.generations().stream()).toList();
		return chunks.stream().allMatch(StoredChatResponse::complete)
				&& (generations.stream().noneMatch(StoredGeneration::mentionsFinishReason)
						|| generations.stream().anyMatch(StoredGeneration::hasFinishReason));
	}

	/**
	 * The texts that are not thoughts, which some models put in front.
	 */
	private static List<String> answers(StoredChatResponse response) {
		return response.generations()
			.stream()
			.filter(Predicate.not(StoredGeneration::isThought))
			.map(StoredGeneration::text)
			.filter(Objects::nonNull)
			.toList();
	}

	@SuppressWarnings("unchecked")
	private static List<StoredChatResponse> chunks(@Nullable Object value) {
		return (value != null) ? (List<StoredChatResponse>) value : List.of();
	}

}
