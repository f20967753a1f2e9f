package io.github.llmcache.sample.model;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.sample.model.OpenAiProvider.Usage;

/**
 * Reads the server-sent events of a chat completion.
 */
final class OpenAiStream {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final String DATA = "data:";

	private final String name;

	private final ModelSettings settings;

	private final String prompt;

	private final long start = System.nanoTime();

	private final StringBuilder text = new StringBuilder();

	private @Nullable Usage usage;

	private @Nullable String finishReason;

	OpenAiStream(String name, ModelSettings settings, String prompt) {
		this.name = name;
		this.settings = settings;
		this.prompt = prompt;
	}

	/**
	 * The parts of the answer.
	 * @param lines the lines of the response
	 */
	Flux<ReplyPart> read(Flux<String> lines) {
		return lines.filter((line) -> line.startsWith(DATA))
			.map((line) -> line.substring(DATA.length()).strip())
			.takeUntil("[DONE]"::equals)
			.filter((data) -> !data.equals("[DONE]"))
			.mapNotNull(this::part)
			.concatWith(Flux.defer(this::end));
	}

	private @Nullable ReplyPart part(String data) {
		Chunk chunk;
		try {
			chunk = MAPPER.readValue(data, Chunk.class);
		}
		catch (JacksonException ex) {
			throw new ModelException("Model " + this.name + " gave an answer that cannot be read", ex);
		}
		if (chunk.usage() != null) {
			this.usage = chunk.usage();
		}
		if (chunk.choices() == null || chunk.choices().isEmpty()) {
			return null;
		}
		Choice choice = chunk.choices().get(0);
		if (choice.finishReason() != null) {
			this.finishReason = choice.finishReason();
		}
		String content = (choice.delta() != null) ? choice.delta().content() : null;
		if (content == null || content.isEmpty()) {
			return null;
		}
		this.text.append(content);
		return ReplyPart.text(content);
	}

	private Flux<ReplyPart> end() {
		if (this.finishReason == null) {
			return Flux.error(new ModelException("The answer of model " + this.name + " broke off"));
		}
		Usage known = this.usage;
		int inputTokens = (known != null) ? known.promptTokens() : Tokens.estimate(this.prompt);
		int outputTokens = (known != null) ? known.completionTokens() : Tokens.estimate(this.text.toString());
		return Flux.just(ReplyPart.end(new ModelReply(this.text.toString(), this.name, inputTokens, outputTokens,
				Duration.ofNanos(System.nanoTime() - this.start), this.settings.cost(inputTokens, outputTokens),
				OpenAiProvider.isComplete(this.finishReason))));
	}

	record Chunk(@Nullable List<Choice> choices, @Nullable Usage usage) {

	}

	record Choice(@Nullable Delta delta, @JsonProperty("finish_reason") @Nullable String finishReason) {

	}

	record Delta(@Nullable String content) {

	}

}
