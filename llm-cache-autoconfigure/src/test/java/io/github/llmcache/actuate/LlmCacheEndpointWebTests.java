package io.github.llmcache.actuate;

import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.actuate.endpoint.web.WebMvcHealthEndpointExtensionAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.event.CompositeLlmCacheListener;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.metrics.StatisticsRecorder;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.StoreUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmCacheEndpoint} and {@link LlmCacheHealthIndicator} over HTTP.
 */
class LlmCacheEndpointWebTests {

	private static final String SECRET = "who is Jane Doe";

	private static final HttpClient http = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext context;

	private final Server server = new Server(context, "llmcache");

	@BeforeAll
	static void start() {
		context = run("management.endpoint.llmcache.access=unrestricted",
				"management.endpoint.health.show-details=always");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(CacheConfiguration.class)
			.properties("server.port=0", "management.endpoints.web.exposure.include=*", "spring.main.banner-mode=off")
			.properties(properties)
			.run();
	}

	@BeforeEach
	void ask() {
		context.getBean(CacheConfiguration.class).startOver();
		LlmCache cache = context.getBean(LlmCache.class);
		CacheRequest<String> secret = CacheRequest.forTask("support", String.class)
			.prompt(SECRET)
			.model("gpt")
			.tag("faq")
			.build();
		cache.get(secret, () -> "ANSWER");
		cache.get(secret, () -> "ANSWER");
		cache.get(CacheRequest.forTask("support", String.class).prompt("hours").model("gpt").build(), () -> "ANSWER");
		cache.get(CacheRequest.forTask("chat", String.class).prompt("hi").model("gpt").scope("jane").build(),
				() -> "ANSWER");
	}

	@Test
	void readShowsSetUpTotalsAndTasks() throws Exception {
		JsonNode json = this.server.get("").json();
		assertThat(json.at("/store").asString()).isEqualTo("map");
		assertThat(json.at("/embedder").asString()).isEqualTo("mini-1");
		assertThat(json.at("/since").asString()).matches("\\d{4}-.*Z");
		assertThat(json.at("/total/requests").asLong()).isEqualTo(4);
		assertThat(json.at("/total/hits").asLong()).isOne();
		assertThat(json.at("/total/hitRate").asDouble()).isEqualTo(0.25);
		assertThat(json.at("/total/entries").asLong()).isEqualTo(3);
		assertThat(json.at("/total/lookups/exact/meanMillis").isNumber()).isTrue();
		assertThat(json.at("/tasks").propertyNames()).containsExactly("chat", "never-called", "support");
		assertThat(json.at("/tasks/support/outcomes/miss").asLong()).isEqualTo(2);
		assertThat(json.at("/tasks/support/outcomes/stale").asLong()).isZero();
		assertThat(json.at("/tasks/support/policy/ttlMillis").asLong()).isEqualTo(3_600_000);
		assertThat(json.at("/tasks/never-called/requests").asLong()).isZero();
	}

	@Test
	void readOfOneTaskShowsTheTask() throws Exception {
		Answer answer = this.server.get("/support");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().at("/requests").asLong()).isEqualTo(3);
		assertThat(answer.json().at("/stored").asLong()).isEqualTo(2);
		assertThat(answer.json().at("/policy/semantic").asBoolean()).isTrue();
		assertThat(this.server.get("/never-called").status()).isEqualTo(200);
	}

	@Test
	void readOfUnknownTaskIsNotFound() throws Exception {
		Answer answer = this.server.get("/unknown");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.json().at("/message").asString()).startsWith("The task is not known");
	}

	@Test
	void storeThatDoesNotAnswerIsNamedAsTheReason() throws Exception {
		context.getBean(CacheConfiguration.class).down = true;
		Answer eviction = this.server.delete("?task=support");
		assertThat(eviction.status()).isEqualTo(503);
		assertThat(eviction.json().at("/message").asString())
			.isEqualTo("The map is away. The request may have had its effect in part: send it again later");
		Answer feedback = this.server.post("/support/id", "{\"right\": false}");
		assertThat(feedback.status()).isEqualTo(503);
	}

	@Test
	void neitherPromptsNorScopesNorAnswersAreShown() throws Exception {
		assertThat(this.server.get("").body() + this.server.get("/support").body()).doesNotContain(SECRET)
			.doesNotContain("jane")
			.doesNotContain("ANSWER");
	}

	@Test
	void deleteOfATaskRemovesItsEntriesOnly() throws Exception {
		assertThat(this.server.delete("/support").removed()).isEqualTo(2);
		assertThat(this.server.get("").json().at("/total/entries").asLong()).isOne();
		assertThat(this.server.delete("/support").removed()).isZero();
	}

	@Test
	void deleteCombinesItsCriteria() throws Exception {
		assertThat(this.server.delete("?task=support&model=unknown").removed()).isZero();
		assertThat(this.server.delete("?task=support&tag=faq").removed()).isOne();
		assertThat(this.server.delete("/support?tag=faq").removed()).isZero();
		assertThat(this.server.delete("?model=gpt").removed()).isEqualTo(2);
	}

	@Test
	void deleteOfEverythingHasToBeAskedFor() throws Exception {
		Answer answer = this.server.delete("");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().at("/message").asString()).contains("all=true");
		assertThat(this.server.delete("?all=false").refusal()).contains("all=true");
		assertThat(this.server.delete("?all=true&task=support").refusal()).contains("not both");
		assertThat(this.server.get("").json().at("/total/entries").asLong()).isEqualTo(3);
		assertThat(this.server.delete("?all=true").removed()).isEqualTo(3);
	}

	@Test
	void unknownCriterionIsRefusedByName() throws Exception {
		assertThat(this.server.delete("?task=support&scop=jane").refusal()).startsWith("'scop' is not a criterion")
			.contains("task, model, template, scope, tag, prompt, promptPattern, all");
		assertThat(this.server.delete("/support?tags=faq").refusal()).startsWith("'tags' is not a criterion");
		assertThat(this.server.post("{\"task\": \"support\", \"Scope\": \"jane\"}").refusal())
			.startsWith("'Scope' is not a criterion")
			.doesNotContain("jane");
		assertThat(this.server.get("").json().at("/total/entries").asLong()).isEqualTo(3);
	}

	@Test
	void criterionWithoutASingleValidValueIsRefusedByName() throws Exception {
		assertThat(this.server.delete("?model=gpt&model=other").refusal()).contains("'model' once");
		assertThat(this.server.delete("?all=perhaps").refusal()).isEqualTo("'all' is not valid. Give true or false");
		assertThat(this.server.get("").json().at("/total/entries").asLong()).isEqualTo(3);
	}

	@Test
	void emptyCriterionDoesNotMeanEverything() throws Exception {
		assertThat(this.server.delete("?task=").removed()).isZero();
		assertThat(this.server.delete("?promptPattern=").removed()).isZero();
	}

	@Test
	void criterionThatIsNullDoesNotWidenTheEviction() throws Exception {
		assertThat(this.server.post("{\"task\": \"support\", \"tag\": null}").refusal())
			.isEqualTo("'tag' is null. Give a value, or leave it out");
		assertThat(this.server.get("").json().at("/total/entries").asLong()).isEqualTo(3);
	}

	@Test
	void personalCriteriaTravelInTheBody() throws Exception {
		assertThat(this.server.post("{\"task\": \"support\", \"promptPattern\": \"*jane DOE\"}").removed()).isOne();
		assertThat(this.server.post("{\"prompt\": \"hours\"}").removed()).isOne();
		assertThat(this.server.post("{\"scope\": \"jane\"}").removed()).isOne();
		assertThat(this.server.post("{\"all\": true}").removed()).isZero();
		assertThat(this.server.post("{}").refusal()).contains("all=true");
		Answer tooLong = this.server.post("{\"promptPattern\": \"" + "a".repeat(2000) + "\"}");
		assertThat(tooLong.status()).isEqualTo(400);
		assertThat(tooLong.json().at("/message").asString()).contains("1000");
	}

	@Test
	void evictionAndFeedbackAreForbiddenByDefault() throws Exception {
		try (ConfigurableApplicationContext readOnly = run()) {
			Server readOnlyServer = new Server(readOnly, "llmcache");
			assertThat(readOnlyServer.get("").status()).isEqualTo(200);
			assertThat(readOnlyServer.delete("?all=true").status()).isEqualTo(405);
			assertThat(readOnlyServer.post("{\"all\": true}").status()).isEqualTo(405);
			assertThat(readOnlyServer.post("/support/id", "{\"right\": true}").status()).isEqualTo(404);
		}
	}

	@Test
	void feedbackIsGivenForAnEntry() throws Exception {
		String path = "/support/" + Integer.toHexString("hours".hashCode());
		Answer right = this.server.post(path, "{\"right\": true}");
		assertThat(right.json().at("/found").asBoolean()).isTrue();
		assertThat(right.json().at("/removed").asBoolean()).isFalse();
		Answer wrong = this.server.post(path, "{\"right\": false, \"prompt\": \"closing time\"}");
		assertThat(wrong.json().at("/removed").asBoolean()).isTrue();
		assertThat(wrong.json().at("/prompts").asInt()).isOne();
		assertThat(this.server.post(path, "{\"right\": false}").json().at("/found").asBoolean()).isFalse();
	}

	@Test
	void feedbackHasToSayWhichOfTheTwoAndNothingElse() throws Exception {
		assertThat(this.server.post("/support/id", "{}").status()).isEqualTo(400);
		assertThat(this.server.post("/support/id", "{\"right\": \"" + SECRET + "\"}").refusal())
			.isEqualTo("'right' is not valid. Give true or false");
		assertThat(this.server.post("/support/id", "{\"right\": false, \"promt\": \"\"}").refusal())
			.contains("'promt'");
		assertThat(this.server.post("/support/id", "{\"right\": false, \"prompt\": \" \"}").refusal())
			.contains("must not be blank");
	}

	@Test
	void failureOfAPartShowsInHealthWhichStaysUp() throws Exception {
		context.getBean(LlmCacheHealthIndicator.class)
			.onFailure(new FailureEvent("support", FailureEvent.Part.EMBEDDER, new IOException(SECRET)));
		Answer answer = new Server(context, "health").get("/llmCache");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().at("/status").asString()).isEqualTo("UP");
		assertThat(answer.json().at("/details/degraded/embedder/count").asLong()).isOne();
		assertThat(answer.body()).contains("java.io.IOException").doesNotContain(SECRET);
	}

	private static final class Server {

		private final String url;

		Server(ApplicationContext context, String endpoint) {
			String port = context.getEnvironment().getRequiredProperty("local.server.port");
			this.url = "http://localhost:" + port + "/actuator/" + endpoint;
		}

		Answer get(String path) throws Exception {
			return send(request(path).GET());
		}

		Answer delete(String path) throws Exception {
			return send(request(path).DELETE());
		}

		Answer post(String body) throws Exception {
			return post("", body);
		}

		Answer post(String path, String body) throws Exception {
			return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
		}

		private HttpRequest.Builder request(String path) {
			return HttpRequest.newBuilder(URI.create(this.url + path)).header("Accept", "application/json");
		}

		private Answer send(HttpRequest.Builder request) throws Exception {
			HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.body());
		}

	}

	private record Answer(int status, String body) {

		JsonNode json() {
			return JsonMapper.shared().readTree(this.body);
		}

		String refusal() {
			assertThat(this.status).isEqualTo(400);
			return json().at("/message").asString();
		}

		long removed() {
			assertThat(this.status).isEqualTo(200);
			return json().at("/removed").asLong(-1);
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			WebMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class, JacksonAutoConfiguration.class,
			ErrorMvcAutoConfiguration.class, EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class,
			JacksonEndpointAutoConfiguration.class, ManagementContextAutoConfiguration.class,
			ServletManagementContextAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
			HealthContributorAutoConfiguration.class, HealthEndpointAutoConfiguration.class,
			WebMvcHealthEndpointExtensionAutoConfiguration.class })
	static class CacheConfiguration {

		private volatile boolean down;

		private final MapStore store = new MapStore() {

			@Override
			public long evict(EvictionSelector selector) {
				check();
				return super.evict(selector);
			}

			@Override
			public @Nullable Located locate(String task, String digest) {
				check();
				return super.locate(task, digest);
			}

			private void check() {
				if (CacheConfiguration.this.down) {
					throw new StoreUnavailableException("The map is away", null);
				}
			}

		};

		private final CachePolicy policy = CachePolicy.DEFAULT.mutate()
			.ttl(Duration.ofHours(1))
			.semantic(true)
			.minSimilarity(0.8)
			.build();

		private volatile StatisticsRecorder recorder = newRecorder();

		void startOver() {
			this.down = false;
			this.store.evict(EvictionSelector.all());
			this.recorder = newRecorder();
		}

		private StatisticsRecorder newRecorder() {
			return new StatisticsRecorder(this.store::usage, Clock.systemUTC());
		}

		@Bean
		LlmCache llmCache() {
			return new LlmCacheBuilder(this.store, new Utf8Codec(), (identity, embedder, prompt) -> {
				String id = Integer.toHexString(identity.hashCode());
				return new CacheKey(
						new Partition(id, identity.task(), identity.model(), identity.template(), identity.scope()),
						Integer.toHexString(prompt.hashCode()));
			}).listener(new CompositeLlmCacheListener(() -> List.of(this.recorder))).build();
		}

		@Bean
		LlmCacheEndpoint llmCacheEndpoint(LlmCache cache) {
			return new LlmCacheEndpoint(cache, () -> this.recorder.statistics(), this::description);
		}

		@Bean
		LlmCacheEndpointAdvisor llmCacheEndpointAdvisor() {
			return new LlmCacheEndpointAdvisor();
		}

		@Bean
		LlmCacheHealthIndicator llmCacheHealthIndicator() {
			return new LlmCacheHealthIndicator(this::description, Clock.systemUTC(),
					LlmCacheHealthIndicator.DEFAULT_WINDOW);
		}

		private CacheDescription description() {
			return new CacheDescription("map", "mini-1", Map.of("support", this.policy, "never-called", this.policy));
		}

	}

	private static final class Utf8Codec implements PayloadCodec {

		@Override
		public byte[] encode(Object value, Type type) {
			return value.toString().getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Object decode(byte[] payload, Type type) {
			return new String(payload, StandardCharsets.UTF_8);
		}

	}

}
