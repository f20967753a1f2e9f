package io.github.llmcache.sample.model;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.StringUtils;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Models of a provider that speaks OpenAI's protocol, by
 * {@code POST /v1/chat/completions}.
 */
public final class OpenAiProvider implements ModelProvider {

	private static final Set<String> INCOMPLETE = Set.of("length", "content_filter");

	private final OpenAiProperties properties;

	private final RestClient client;

	public OpenAiProvider(OpenAiProperties properties) {
		this.properties = properties;
		this.client = client(properties);
	}

	private static RestClient client(OpenAiProperties properties) {
		HttpClient http = HttpClient.newBuilder().connectTimeout(properties.connectTimeout()).build();
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
		requests.setReadTimeout(properties.readTimeout());
		RestClient.Builder builder = RestClient.builder()
			.baseUrl(properties.baseUrl().toString())
			.requestFactory(requests);
		String apiKey = properties.apiKey();
		if (StringUtils.hasText(apiKey)) {
			builder.defaultHeaders((headers) -> headers.setBearerAuth(apiKey));
		}
		return builder.build();
	}

	@Override
	public LanguageModel create(String name, ModelSettings settings) {
		return new OpenAiModel(name, settings);
	}

	private Completion complete(String model, String prompt) {
		Map<String, Object> request = Map.of("model", model, "messages",
				List.of(Map.of("role", "user", "content", prompt)));
		try {
			Completion completion = this.client.post()
				.uri("/v1/chat/completions")
				.contentType(MediaType.APPLICATION_JSON)
				.body(request)
				.retrieve()
				.body(Completion.class);
			return (completion != null) ? completion : new Completion(null, null);
		}
		catch (RestClientResponseException ex) {
			throw new ModelException(
					"Model " + model + " answered with HTTP status " + ex.getStatusCode().value() + advice(ex), ex);
		}
		catch (ResourceAccessException ex) {
			throw new ModelException("Model " + model + " cannot be reached at " + this.properties.baseUrl(), ex);
		}
		catch (RestClientException ex) {
			throw new ModelException("Model " + model + " gave an answer that cannot be read", ex);
		}
	}

	private static String advice(RestClientResponseException ex) {
		return switch (ex.getStatusCode().value()) {
			case 401, 403 -> ": check sample.openai.api-key";
			case 404 -> ": check sample.openai.base-url and sample.models.<name>.provider-model";
			case 429 -> ": too many requests";
			default -> "";
		};
	}

	private final class OpenAiModel implements LanguageModel {

		private final String name;

		private final ModelSettings settings;

		private OpenAiModel(String name, ModelSettings settings) {
			this.name = name;
			this.settings = settings;
		}

		@Override
		public String name() {
			return this.name;
		}

		@Override
		public ModelReply ask(String prompt) {
			String providerModel = this.settings.providerModel();
			long start = System.nanoTime();
			Completion completion = complete((providerModel != null) ? providerModel : this.name, prompt);
			Duration latency = Duration.ofNanos(System.nanoTime() - start);
			String text = completion.text();
			if (text == null) {
				throw new ModelException("Model " + this.name + " gave no text");
			}
			Usage usage = completion.usage();
			int inputTokens = (usage != null) ? usage.promptTokens() : Tokens.estimate(prompt);
			int outputTokens = (usage != null) ? usage.completionTokens() : Tokens.estimate(text);
			return new ModelReply(text, this.name, inputTokens, outputTokens, latency,
					this.settings.cost(inputTokens, outputTokens), completion.isComplete());
		}

	}

	record Completion(@Nullable List<Choice> choices, @Nullable Usage usage) {

		@Nullable String text() {
			Choice choice = choice();
			return (choice != null && choice.message() != null) ? choice.message().content() : null;
		}

		/**
		 * Whether the model was neither stopped by a limit nor by a filter.
		 */
		boolean isComplete() {
			Choice choice = choice();
			return choice != null && !INCOMPLETE.contains(String.valueOf(choice.finishReason()));
		}

		private @Nullable Choice choice() {
			return (this.choices != null && !this.choices.isEmpty()) ? this.choices.get(0) : null;
		}

	}

	record Choice(@Nullable Message message, @JsonProperty("finish_reason") @Nullable String finishReason) {

	}

	record Message(@Nullable String content) {

	}

	record Usage(@JsonProperty("prompt_tokens") int promptTokens,
			@JsonProperty("completion_tokens") int completionTokens) {

	}

}
