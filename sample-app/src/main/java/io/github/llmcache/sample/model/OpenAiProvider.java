package io.github.llmcache.sample.model;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
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

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String PATH = "/v1/chat/completions";

	private static final Set<String> INCOMPLETE = Set.of("length", "content_filter");

	private final OpenAiProperties properties;

	private final HttpClient http;

	private final RestClient client;

	public OpenAiProvider(OpenAiProperties properties) {
		this.properties = properties;
		// some servers do not understand an offer of HTTP/2 without TLS
		this.http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(properties.connectTimeout())
			.build();
		this.client = client(properties, this.http);
	}

	private static RestClient client(OpenAiProperties properties, HttpClient http) {
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
				.uri(PATH)
				.contentType(MediaType.APPLICATION_JSON)
				// bytes have a length: some servers refuse chunks
				.body(JSON.writeValueAsBytes(request))
				.retrieve()
				.body(Completion.class);
			return (completion != null) ? completion : new Completion(null, null);
		}
		catch (RestClientResponseException ex) {
			throw failure(model, ex.getStatusCode().value(), ex);
		}
		catch (ResourceAccessException ex) {
			throw unreachable(model, ex);
		}
		catch (RestClientException ex) {
			throw new ModelException("Model " + model + " gave an answer that cannot be read", ex);
		}
	}

	/**
	 * The lines of a response, as they come.
	 */
	private Flux<String> lines(String model, String prompt) {
		String body = JSON.writeValueAsString(Map.of("model", model, "stream", true, "stream_options",
				Map.of("include_usage", true), "messages", List.of(Map.of("role", "user", "content", prompt))));
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.properties.baseUrl() + PATH))
			.timeout(this.properties.readTimeout())
			.header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
			.header("Accept", MediaType.TEXT_EVENT_STREAM_VALUE)
			.POST(HttpRequest.BodyPublishers.ofString(body));
		if (StringUtils.hasText(this.properties.apiKey())) {
			request.header("Authorization", "Bearer " + this.properties.apiKey());
		}
		return Mono.fromFuture(() -> this.http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines()))
			.flatMapMany((response) -> {
				if (response.statusCode() != HttpStatus.OK.value()) {
					response.body().close();
					return Flux.error(failure(model, response.statusCode(), null));
				}
				return Flux.fromStream(response.body()).subscribeOn(Schedulers.boundedElastic());
			})
			.onErrorMap(IOException.class, (ex) -> unreachable(model, ex));
	}

	/**
	 * Whether neither a limit nor a filter stopped the model.
	 */
	static boolean isComplete(@Nullable String finishReason) {
		return !INCOMPLETE.contains(String.valueOf(finishReason));
	}

	private ModelException unreachable(String model, Exception ex) {
		return new ModelException("Model " + model + " cannot be reached at " + this.properties.baseUrl(), ex);
	}

	private static ModelException failure(String model, int status, @Nullable Exception ex) {
		return new ModelException("Model " + model + " answered with HTTP status " + status + advice(status), ex);
	}

	private static String advice(int status) {
		return switch (status) {
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

		private String providerModel() {
			String providerModel = this.settings.providerModel();
			return (providerModel != null) ? providerModel : this.name;
		}

		@Override
		public Flux<ReplyPart> stream(String prompt) {
			return Flux
				.defer(() -> new OpenAiStream(this.name, this.settings, prompt).read(lines(providerModel(), prompt)));
		}

		@Override
		public ModelReply ask(String prompt) {
			long start = System.nanoTime();
			Completion completion = complete(providerModel(), prompt);
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

		boolean isComplete() {
			Choice choice = choice();
			return choice != null && OpenAiProvider.isComplete(choice.finishReason());
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
