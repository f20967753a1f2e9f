package io.github.llmcache.autoconfigure.settings;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.autoconfigure.properties.InvalidPropertyException;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.settings.LiveSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Live settings over HTTP.
 */
class LlmCacheSettingsEndpointTests {

	private static final HttpClient http = HttpClient.newHttpClient();

	private ConfigurableApplicationContext context;

	private void start(String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 1);
		all[properties.length] = "management.endpoint.llmcachesettings.access=unrestricted";
		this.context = run(all);
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(Application.class)
			.properties("server.port=0", "spring.main.banner-mode=off", "llm-cache.store=memory",
					"llm-cache.semantic.paraphrase-model=false", "management.endpoints.web.exposure.include=*")
			.properties(properties)
			.run();
	}

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	void settingsAreShownWithTheirOrigin() throws Exception {
		start("llm-cache.ttl=6h", "llm-cache.tasks.answers.error-budget=0.05", "llm-cache.tasks.answers.ttl=24h",
				"llm-cache.semantic.min-similarity=0.6");
		JsonNode answers = get("/answers");
		assertThat(answers.at("/ttl/value").asString()).isEqualTo("PT24H");
		assertThat(origin(answers, "ttl")).isEqualTo("property");
		assertThat(origin(answers, "semantic")).isEqualTo("annotation");
		assertThat(origin(answers, "minSimilarity")).as("of all tasks").isEqualTo("property");
		assertThat(answers.at("/minSimilarity/value").asDouble()).isEqualTo(0.6);
		assertThat(origin(answers, "minProbability")).isEqualTo("default");
		assertThat(origin(answers, "errorBudget")).isEqualTo("property");
		JsonNode all = get("");
		assertThat(all.at("/tasks").propertyNames()).containsExactly("answers", "prices");
		assertThat(origin(all.at("/tasks/prices"), "ttl")).isEqualTo("annotation");
		assertThat(origin(all.at("/tasks/prices"), "semantic")).isEqualTo("annotation");
	}

	@Test
	void settingIsChangedAndTakenBack() throws Exception {
		start();
		JsonNode changed = json(post("/answers", "{\"ttl\": \"30m\", \"minSimilarity\": 0.8}"));
		assertThat(changed.at("/ttl/value").asString()).isEqualTo("PT30M");
		assertThat(origin(changed, "ttl")).isEqualTo("live");
		assertThat(origin(changed, "minSimilarity")).isEqualTo("live");
		assertThat(origin(changed, "semantic")).isEqualTo("annotation");
		assertThat(this.context.getBean(LiveSettings.class).of("answers").ttl()).isEqualTo(Duration.ofMinutes(30));
		JsonNode partly = json(delete("/answers?setting=min-similarity"));
		assertThat(origin(partly, "minSimilarity")).isEqualTo("default");
		assertThat(origin(partly, "ttl")).isEqualTo("live");
		assertThat(origin(json(delete("/answers")), "ttl")).isEqualTo("default");
		assertThat(send("/unknown", "GET", null).statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "ttl           | -1s  | ttl", "minSimilarity | 1.5  | min-similarity",
			"minProbability | -0.1 | min-probability", "errorBudget   | 0.0  | error-budget" })
	void whatAPropertyMustNotBeIsRefusedWithItsMessage(String setting, String value, String property) throws Exception {
		start();
		HttpResponse<String> refused = post("/answers", "{\"" + setting + "\": \"" + value + "\"}");
		Throwable failure = catchThrowable(() -> run("llm-cache.tasks.answers." + property + "=" + value));
		InvalidPropertyException atStartUp = (InvalidPropertyException) NestedExceptionUtils.getRootCause(failure);
		assertThat(message(refused)).isEqualTo(atStartUp.getMessage());
		assertThat(this.context.getBean(LiveSettings.class).tasks()).isEmpty();
	}

	@Test
	void requestThatCannotBeMeantIsRefused() throws Exception {
		start("llm-cache.semantic.enabled=false");
		assertThat(message(post("/answers", "{\"color\": 1}"))).contains("'color' is not a setting");
		assertThat(message(post("/answers", "{}"))).contains("at least one of ttl");
		assertThat(message(post("/answers", "{\"ttl\": \"long\"}")))
			.isEqualTo("'ttl' is not valid. Give a duration such as 30m, 12h or 7d");
		assertThat(message(delete("/answers?setting=color"))).contains("minSimilarity");
		assertThat(message(post("/answers", "{\"semantic\": true}"))).contains("llm-cache.semantic.enabled=true");
		assertThat(origin(get("/answers"), "semantic")).isEqualTo("property");
	}

	@Test
	void changesHaveToBeAllowed() throws Exception {
		this.context = run();
		assertThat(send("/answers", "GET", null).statusCode()).isEqualTo(200);
		assertThat(post("/answers", "{\"semantic\": false}").statusCode()).isEqualTo(405);
		assertThat(delete("/answers").statusCode()).isEqualTo(405);
	}

	private static String origin(JsonNode settings, String setting) {
		return settings.at("/" + setting + "/origin").asString();
	}

	private static String message(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(400);
		return json(response).at("/message").asString();
	}

	private JsonNode get(String path) throws Exception {
		return json(send(path, "GET", null));
	}

	private HttpResponse<String> post(String path, String body) throws Exception {
		return send(path, "POST", body);
	}

	private HttpResponse<String> delete(String path) throws Exception {
		return send(path, "DELETE", null);
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	private HttpResponse<String> send(String path, String method, String body) throws Exception {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return http
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/llmcachesettings" + path))
				.header("Accept", "application/json")
				.header("Content-Type", "application/json")
				.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
				.build(), BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TextEmbedder embedder() {
			return new AngleEmbedder("angles");
		}

		@Bean
		Answers answers() {
			return new Answers();
		}

	}

	static class Answers {

		@LlmCached(task = "answers", semantic = true)
		public String answer(String prompt) {
			return prompt;
		}

		@LlmCached(task = "prices", ttl = "1h")
		public String price(String prompt) {
			return prompt;
		}

	}

}
