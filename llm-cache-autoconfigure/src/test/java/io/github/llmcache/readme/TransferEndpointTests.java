package io.github.llmcache.readme;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.llmcache.actuate.LlmCacheTransferEndpoint;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LlmCacheTransferEndpoint} in an application, with the bundled model.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "llm-cache.store=memory", "management.endpoint.llmcachetransfer.access=unrestricted",
				"management.endpoints.web.exposure.include=llmcachetransfer" })
class TransferEndpointTests {

	@LocalServerPort
	private int port;

	@Autowired
	private SupportService supportService;

	@Autowired
	private LlmCache cache;

	@Autowired
	private RecordingListener events;

	@Test
	void exportedEntriesAreServedAgainAfterTheirImport() throws Exception {
		this.supportService.ask("How do I turn on dark mode?", "gpt-4o", "acme");
		HttpResponse<String> export = send("", null);
		assertThat(export.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/x-ndjson");
		assertThat(export.body().lines().count()).isEqualTo(2);
		this.cache.evict(EvictionSelector.all());
		JsonNode result = json(export.body());
		assertThat(result.at("/imported").asLong()).isOne();
		assertThat(result.at("/complete").asBoolean()).isTrue();
		this.supportService.ask("how can i turn dark mode on", "gpt-4o", "acme");
		assertThat(this.events.lastLookup().outcome()).isEqualTo(Outcome.SEMANTIC);
		HttpResponse<String> refused = send("",
				JsonMapper.shared().writeValueAsString(Map.of("lines", export.body().substring(0, 300))));
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).contains("Line 1 is cut off, or was changed.");
		assertThat(send("?cursor=abc", null).body()).contains("'cursor' is not one that a page of this task");
	}

	private JsonNode json(String lines) throws Exception {
		HttpResponse<String> response = send("", JsonMapper.shared().writeValueAsString(Map.of("lines", lines)));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private HttpResponse<String> send(String query, String body) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(
					URI.create("http://localhost:" + this.port + "/actuator/llmcachetransfer/support-answer" + query))
			.header("Content-Type", "application/json");
		return HttpClient.newHttpClient()
			.send((body != null) ? request.POST(BodyPublishers.ofString(body)).build() : request.build(),
					BodyHandlers.ofString());
	}

}
