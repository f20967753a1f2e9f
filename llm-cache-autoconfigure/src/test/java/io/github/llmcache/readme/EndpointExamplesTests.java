package io.github.llmcache.readme;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

import io.github.llmcache.event.LookupEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the endpoint are requests to a running application and what it
 * answered.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "llm-cache.store=memory",
		"llm-cache.tasks.support-answer.ttl=12h", "llm-cache.tasks.support-answer.min-probability=0.97",
		"management.endpoints.access.default=unrestricted",
		"management.endpoints.web.exposure.include=llmcache,llmcachesettings,llmcacheexplain,llmcacheentries,llmcacheerasure,llmcachetransfer,llmcachedashboard,health",
		"llm-cache.dashboard.enabled=true", "management.endpoint.health.show-details=always" })
@RecordApplicationEvents
class EndpointExamplesTests {

	/** Times and sizes differ from run to run, and the model from version to version. */
	private static final Pattern VARYING = Pattern.compile(
			"(?<=\"(meanMillis|p50Millis|p95Millis|p99Millis|maxMillis|timeSavedMillis|timeSavedNetMillis|lookupMillis|millisSaved|millisLookedUp|start|steps|since|bytes|embedder|partition|key|entry|cursor|group|loadMillis|similarity|paraphrase)\" : )[^,\\n]+"
					+ "|(?<=/support-answer/)[0-9a-f]{64}|(?<=cursor=)[0-9a-f:-]+|(?<=\"entry\": \")[0-9a-f]{64}");

	private final StringBuilder examples = new StringBuilder();

	@LocalServerPort
	private int port;

	@Autowired
	private ApplicationEvents events;

	@Autowired
	private SupportService supportService;

	@Autowired
	private Assistant assistant;

	@Test
	void examplesOfTheEndpointAreUpToDate() throws Exception {
		this.supportService.ask("How do I turn on dark mode?", "gpt-4o", "acme");
		this.supportService.ask("How do I turn on dark mode?", "gpt-4o", "acme");
		this.supportService.ask("how can i turn dark mode on", "gpt-4o", "acme");
		this.supportService.ask("How do I turn off dark mode?", "gpt-4o", "acme");
		this.assistant.priceList("What does it cost?");

		example("One task:", "GET", "llmcache/support-answer", null);
		example("All tasks. `total` and each task look like the one above, and are left out here:", "GET", "llmcache",
				null);
		example("Why was there no hit? The answer to the prompt has been stored since, which `missed` leaves out:",
				"POST", "llmcacheexplain",
				"{\"task\": \"support-answer\", \"scope\": \"acme\", \"missed\": true,\n         \"prompt\": \"How do I turn off dark mode?\"}");
		example("The entries of a task, page by page. The cursor of a page begins the next one:", "GET",
				"llmcacheentries/support-answer?limit=1", null);
		String listed = send("GET", "llmcacheentries/support-answer?limit=1", null).at("/entries/0/entry").asString();
		example("One entry. With `llm-cache.endpoint.contents=true`, prompt, answer and tags are shown, too:", "GET",
				"llmcacheentries/support-answer/" + listed, null);
		example("Delete an entry:", "DELETE", "llmcacheentries/support-answer/" + listed, null);
		this.supportService.ask("How do I turn on dark mode?", "gpt-4o", "acme");
		this.supportService.ask("How do I turn off dark mode?", "gpt-4o", "acme");
		example("What may be personal goes into a body, which access logs do not show:", "POST", "llmcache",
				"{\"task\": \"support-answer\", \"scope\": \"acme\", \"promptPattern\": \"*turn on*\"}");
		example("Evict what matches all criteria:", "DELETE", "llmcache?task=support-answer&model=gpt-4o", null);
		example("Evict a task:", "DELETE", "llmcache/prices", null);
		this.supportService.ask("How do I turn on dark mode?", "gpt-4o", "acme");
		this.supportService.ask("how can i turn dark mode on", "gpt-4o", "acme");
		String id = this.events.stream(LookupEvent.class)
			.map(LookupEvent::entryId)
			.filter(Objects::nonNull)
			.reduce((before, last) -> last)
			.orElseThrow();
		example("Why was this served? With the id of the entry, and the prompt that was asked:", "POST",
				"llmcacheexplain", "{\"task\": \"support-answer\", \"entry\": \"" + id
						+ "\",\n         \"prompt\": \"how can i turn dark mode on\"}");
		String entry = "llmcache/support-answer/" + id;
		example("An answer was right. The path ends with the id of its entry, as `CachedAnswer` and `LookupEvent` report it:",
				"POST", entry, "{\"right\": true, \"prompt\": \"how can i turn dark mode on\"}");
		example("An answer was wrong:", "POST", entry,
				"{\"right\": false, \"prompt\": \"how can i turn dark mode on\"}");
		example("A criterion that does not exist is refused (status 400):", "DELETE", "llmcache?taks=prices", null);
		this.supportService.ask("How do I turn on dark mode?", "gpt-4o", "acme");
		example("Erase everything that is kept of a scope:", "POST", "llmcacheerasure", "{\"scope\": \"acme\"}");
		example("Everything has to be asked for:", "DELETE", "llmcache?all=true", null);
		String settings = "llmcachesettings/support-answer";
		example("Settings of a task, and where they come from:", "GET", settings, null);
		example("Settings of all tasks, which are left out here:", "GET", "llmcachesettings", null);
		example("Change some of them, on all instances:", "POST", settings, "{\"ttl\": \"30m\", \"semantic\": false}");
		example("A value out of range is refused as the property is (status 400):", "POST", settings,
				"{\"minSimilarity\": 1.5}");
		example("Take one setting back:", "DELETE", settings + "?setting=semantic", null);
		example("Take back what is left:", "DELETE", settings, null);
		example("What happened over time, as the dashboard shows it. An array has a number for each step, of which one is left here:",
				"GET", "llmcachedashboard/history", null);
		example("The health component:", "GET", "health/llmCache", null);
		exportAndImport();
		Documents.check("endpoint", this.examples.toString(), VARYING);
	}

	private void exportAndImport() throws Exception {
		this.supportService.ask("How do I turn on dark mode?", "gpt-4o", "globex");
		String path = "llmcachetransfer/support-answer";
		String url = "localhost:8080/actuator/" + path;
		String lines = exchange("GET", path, "application/x-ndjson", null);
		assertThat(lines.lines().reduce((before, last) -> last).orElseThrow()).startsWith("{\"end\":true,");
		this.examples
			.append("Export the entries of a task. The file is complete if the last line says `end`"
					+ " ([transfer.sh](examples/transfer.sh) looks, and goes on with an export that was broken off):")
			.append("\n\n```sh\ncurl -f ")
			.append(url)
			.append(" -o entries.jsonl\n```\n\n");
		send("DELETE", "llmcache/support-answer", null);
		JsonNode result = send("POST", path, JsonMapper.shared().writeValueAsString(Map.of("lines", lines)));
		this.examples.append("Import them:\n\n```sh\njq -Rs '{lines: .}' entries.jsonl \\\n    | curl -X POST ")
			.append(url)
			.append(" -H 'Content-Type: application/json' -d @-\n```\n\n```json\n")
			.append(result.toPrettyString())
			.append("\n```\n\n");
	}

	private void example(String title, String method, String path, String body) throws Exception {
		this.examples.append(title)
			.append("\n\n```sh\n")
			.append(command(method, path, body))
			.append("\n```\n\n```json\n");
		this.examples.append(shorten(send(method, path, body)).toPrettyString()).append("\n```\n\n");
	}

	private static String command(String method, String path, String body) {
		String url = "localhost:8080/actuator/" + path;
		String quoted = url.contains("?") ? "'" + url + "'" : url;
		return "curl " + (method.equals("GET") ? "" : "-X " + method + " ") + quoted
				+ ((body != null) ? ((path.length() > 60) ? " \\\n    " : "")
						+ " -H 'Content-Type: application/json' \\\n     -d '" + body + "'" : "");
	}

	private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
		return JsonMapper.shared().readTree(exchange(method, path, "application/json", body));
	}

	private String exchange(String method, String path, String accept, String body)
			throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/actuator/" + path))
			.header("Accept", accept)
			.header("Content-Type", "application/json")
			.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	private static JsonNode shorten(JsonNode response) {
		if (response.has("steps")) {
			((ObjectNode) response.get("tasks")).retain("support-answer");
			sumUp((ObjectNode) response.at("/tasks/support-answer"));
			sumUp((ObjectNode) response.at("/tasks/support-answer/outcomes"));
		}
		else if (response.has("tasks")) {
			ObjectNode shortened = (ObjectNode) response;
			if (shortened.has("total")) {
				shortened.putObject("total");
			}
			ObjectNode tasks = (ObjectNode) response.get("tasks");
			List.copyOf(tasks.propertyNames()).forEach(tasks::putObject);
		}
		return response;
	}

	/**
	 * A test may begin in one step and end in the next.
	 */
	private static void sumUp(ObjectNode series) {
		series.properties().forEach((counts) -> {
			if (counts.getValue() instanceof ArrayNode steps) {
				long sum = steps.valueStream().mapToLong(JsonNode::asLong).sum();
				steps.removeAll().add(sum);
			}
		});
	}

}
