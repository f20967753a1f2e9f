package io.github.llmcache.readme;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.llmcache.actuate.LlmCacheExplainEndpoint;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LlmCacheExplainEndpoint} in an application, with the bundled models.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "llm-cache.store=memory", "management.endpoint.llmcacheexplain.access=unrestricted",
				"management.endpoints.web.exposure.include=llmcacheexplain" })
class ExplainEndpointTests {

	private static final String PROMPT = "How do I turn on dark mode?";

	@LocalServerPort
	private int port;

	@Autowired
	private SupportService supportService;

	@Autowired
	private LlmCache cache;

	@Autowired
	private RecordingListener events;

	@BeforeEach
	void ask() {
		this.cache.evict(EvictionSelector.all());
		this.supportService.ask(PROMPT, "gpt-4o", "acme");
	}

	@Test
	void lookAlikeIsExplainedByTheGuardThatRefusesIt() throws Exception {
		int lookups = this.events.lookups().size();
		JsonNode json = explain("{\"task\": \"support-answer\", \"scope\": \"acme\", \"prompt\": "
				+ "\"How do I turn off dark mode?\"}");
		assertThat(json.at("/summary").asString()).contains("refused (antonym)");
		assertThat(json.at("/served/outcome").asString()).isEqualTo("miss");
		assertThat(json.at("/identity/model").asString()).isEqualTo("gpt-4o");
		assertThat(json.at("/identity/scope").asString()).isEqualTo("acme");
		assertThat(json.at("/key").asString()).hasSize(64);
		assertThat(json.at("/candidates/0/prompt").asString()).isEqualTo(PROMPT);
		assertThat(json.at("/candidates/0/verdict/reason").asString()).isEqualTo("antonym");
		assertThat(json.at("/candidates/0/guards/0/detail").asString()).contains("off");
		assertThat(json.at("/candidates/0/similarity").asDouble()).isBetween(0.9, 1.0);
		assertThat(this.events.lookups()).hasSize(lookups);
	}

	@Test
	void missIsExplainedThoughItsAnswerIsStoredByNow() throws Exception {
		this.supportService.ask("How do I turn off dark mode?", "gpt-4o", "acme");
		String body = "{\"task\": \"support-answer\", \"scope\": \"acme\", \"missed\": %s, \"prompt\": "
				+ "\"How do I turn off dark mode?\"}";
		assertThat(explain(body.formatted(false)).at("/served/outcome").asString()).isEqualTo("exact");
		assertThat(explain(body.formatted(true)).at("/summary").asString()).contains("refused (antonym)");
	}

	@Test
	void servedEntryIsExplainedByItsId() throws Exception {
		this.supportService.ask("how can i turn dark mode on", "gpt-4o", "acme");
		String id = this.events.lastLookup().entryId();
		JsonNode json = explain("{\"task\": \"support-answer\", \"entry\": \"" + id
				+ "\", \"prompt\": \"how can i turn dark mode on\"}");
		assertThat(json.at("/served/outcome").asString()).isEqualTo("semantic");
		assertThat(json.at("/served/entry").asString()).isEqualTo(id);
		assertThat(json.at("/candidates/0/served").asBoolean()).isTrue();
		assertThat(json.at("/settings/0/property").asString())
			.isEqualTo("llm-cache.tasks.support-answer.min-similarity");
		assertThat(
				explain("{\"task\": \"support-answer\", \"entry\": \"" + id + "\"}").at("/served/outcome").asString())
			.isEqualTo("exact");
		this.cache.evict(EvictionSelector.all());
		assertThat(refusal("{\"task\": \"support-answer\", \"entry\": \"" + id + "\"}")).contains("not there any more");
		assertThat(explain("{\"task\": \"support-answer\", \"scope\": \"acme\", \"model\": \"gpt-4o\", \"entry\": \""
				+ id + "\", \"prompt\": \"x\"}")
			.at("/summary")
			.asString()).endsWith("is not there any more");
	}

	@Test
	void severalPartitionsAreListedAndOneIsChosen() throws Exception {
		this.supportService.ask(PROMPT, "gpt-4o", "globex");
		JsonNode choice = explain("{\"task\": \"support-answer\", \"prompt\": \"x\"}");
		assertThat(choice.at("/partitions").size()).isGreaterThanOrEqualTo(2);
		assertThat(choice.has("candidates")).isFalse();
		assertThat(explain("{\"task\": \"support-answer\", \"prompt\": \"x\", \"entry\": \"gone\"}").at("/summary")
			.asString())
			.startsWith("The entry that was asked about is not there any more. There are several partitions.");
		JsonNode partition = choice.at("/partitions").get(1);
		JsonNode json = explain("{\"task\": \"support-answer\", \"prompt\": \"" + PROMPT + "\", \"partition\": \""
				+ partition.at("/partition").asString().substring(0, 12) + "\"}");
		assertThat(json.at("/partition")).isEqualTo(partition.at("/partition"));
		assertThat(json.at("/identity")).isEqualTo(partition.at("/identity"));
		assertThat(json.at("/served/outcome").asString()).isEqualTo("exact");
	}

	@Test
	void requestThatCannotBeExplainedIsToldWhy() throws Exception {
		assertThat(refusal("{\"task\": \"support-answer\"}")).isEqualTo("Give a 'prompt' or an 'entry'");
		assertThat(refusal("{\"task\": \"unknown\", \"prompt\": \"x\"}")).startsWith("No partition matches");
		assertThat(refusal("{\"prompt\": \"x\"}")).contains("task");
		assertThat(refusal("{\"task\": \"support-answer\", \"promt\": \"x\"}")).startsWith("'promt' is not");
	}

	private JsonNode explain(String body) throws Exception {
		HttpResponse<String> response = post(body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private String refusal(String body) throws Exception {
		HttpResponse<String> response = post(body);
		assertThat(response.statusCode()).isEqualTo(400);
		return JsonMapper.shared().readTree(response.body()).at("/message").asString();
	}

	private HttpResponse<String> post(String body) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/actuator/llmcacheexplain"))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(body))
				.build(), BodyHandlers.ofString());
	}

}
