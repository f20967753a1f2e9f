package io.github.llmcache.grafana;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.observation.LlmCacheObservation;
import io.github.llmcache.readme.Documents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard for Grafana and the alert rules for Prometheus ask for what an
 * application exports that is configured as the documents say. Each part of each query
 * selects something, so that a value of a label which does not exist is noticed, too.
 */
@Tag("thorough")
@SpringBootTest(classes = WatchedApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "llm-cache.store=memory", "llm-cache.memory.max-entries=" + GrafanaTests.CAPACITY,
				"llm-cache.semantic.evidence=auto", "llm-cache.semantic.audit-rate=1",
				"llm-cache.semantic.paraphrase-model=false", "llm-cache.semantic.judge.before-serving=true",
				"llm-cache.semantic.judge.max-wait=5m", "llm-cache.cost.prices.default.input=1",
				"llm-cache.cost.prices.default.output=3" })
@ContextConfiguration(initializers = GrafanaTests.AsDocumented.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class GrafanaTests {

	static final int CAPACITY = 50;

	private static final Path DIRECTORY = Documents.ROOT.resolve("docs/grafana");

	/** What Grafana puts in place of variables. */
	private static final Map<String, String> VARIABLES = Map.of("$task", ".*", "$__rate_interval", "5m", "$__range",
			"6h");

	private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{(\\w+)}}");

	private static final Pattern ANNOTATION_LABEL = Pattern.compile("\\$labels\\.(\\w+)");

	@LocalServerPort
	private int port;

	@Autowired
	private MeterRegistry registry;

	@Autowired
	private LlmCache cache;

	private final AtomicInteger answers = new AtomicInteger();

	private Scrape scrape = new Scrape(List.of());

	/**
	 * Meters with a reason appear when there is one.
	 */
	@BeforeAll
	void causeEveryKindOfMeter() throws Exception {
		ask("seats", "How many seats are free?");
		wrongHit("seats", "Free seats, how many?", 1);
		ask("seats", "What does a ticket cost?");
		wrongHit("seats", "Price of a ticket?", 2);
		ask("seats", "When does the train leave?");
		assertThat(ask("seats", "Departure time of my train?").outcome()).isEqualTo(Outcome.MISS); // suspended
		ask("reports", "Who wrote the first report about whales?");
		ask("reports", "Who wrote the first report about sharks?"); // the judge is asked
		ask("reports", WatchedApplication.OVERLOAD);
		this.cache.get(request("reports", "nothing").build(), () -> null);
		Runnable callback = () -> {
		};
		this.cache.get(request("reports", "callback").argument("callback", callback).build(), () -> 1);
		CachedAnswer<Integer> hit = ask("reports", "Who wrote the first report about whales?");
		this.cache.feedback(Feedback.wrong("reports", Objects.requireNonNull(hit.entryId())));
		for (int i = 0; i < 2 * CAPACITY; i++) {
			ask("archive", "report " + i);
		}
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> !this.registry.find("llm.cache.evictions").tag("cause", "capacity").counters().isEmpty());
		this.scrape = Scrape.of(scrape());
	}

	private void wrongHit(String task, String prompt, int compared) {
		assertThat(ask(task, prompt).outcome()).isEqualTo(Outcome.SEMANTIC);
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> this.registry.find("llm.cache.audits")
				.tags("task", task, "result", "wrong")
				.counters()
				.stream()
				.anyMatch((counter) -> counter.count() == compared));
	}

	private CachedAnswer<Integer> ask(String task, String prompt) {
		return this.cache.get(request(task, prompt).semantic(!task.equals("archive")).build(),
				this.answers::incrementAndGet);
	}

	private static CacheRequest.Builder<Integer> request(String task, String prompt) {
		return CacheRequest.forTask(task, Integer.class).prompt(prompt);
	}

	@Test
	void everyQueryOfTheDashboardSelectsSomething() throws IOException {
		List<String> problems = new ArrayList<>();
		int queries = 0;
		for (JsonNode panel : panels()) {
			for (JsonNode target : panel.path("targets")) {
				queries++;
				String where = panel.get("title").asString() + " " + target.get("refId").asString();
				PromQuery query = read(target.get("expr").asString());
				query.problems().forEach((problem) -> problems.add(where + ": " + problem));
				problems.addAll(unknown(where, LEGEND_LABEL, target.get("legendFormat").asString(), query));
			}
		}
		assertThat(problems).isEmpty();
		assertThat(queries).isGreaterThan(30);
	}

	@Test
	void variableHasTheTasks() throws IOException {
		JsonNode task = dashboard().at("/templating/list/1");
		assertThat(task.get("name").asString()).isEqualTo("task");
		assertThat(task.get("allValue").asString()).isEqualTo(VARIABLES.get("$task"));
		assertThat(task.at("/query/query").asString()).isEqualTo(task.get("definition").asString())
			.isEqualTo("label_values(llm_cache_lookups_seconds_count, task)");
		assertThat(PromQuery.of("sum by (task) (llm_cache_lookups_seconds_count)", this.scrape).problems()).isEmpty();
	}

	@Test
	void everyMeterIsShown() throws IOException {
		Set<String> shown = panels().stream()
			.flatMap((panel) -> panel.path("targets").valueStream())
			.flatMap((target) -> read(target.get("expr").asString()).names().stream())
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> observations = new HashSet<>();
		for (LlmCacheObservation observation : LlmCacheObservation.values()) {
			observations.add(observation.getName());
			observations.add(observation.getName() + ".active");
		}
		Set<String> exported = this.registry.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().startsWith("llm.cache.") && !observations.contains(id.getName()))
			.map((id) -> id.getConventionName(this.registry.config().namingConvention()))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(exported).hasSizeGreaterThan(20)
			.allSatisfy((name) -> assertThat(shown).as(name).anyMatch((one) -> one.startsWith(name)));
	}

	@Test
	void panelsAreDistinctAndDoNotOverlap() throws IOException {
		List<JsonNode> panels = panels();
		assertThat(panels).extracting((panel) -> panel.get("id").asInt()).doesNotHaveDuplicates();
		assertThat(panels).extracting((panel) -> panel.get("type").asString() + panel.get("title").asString())
			.doesNotHaveDuplicates();
		assertThat(panels).flatMap((panel) -> panel.path("targets").valueStream().toList())
			.extracting((target) -> target.get("expr").asString())
			.doesNotHaveDuplicates();
		Set<String> taken = new HashSet<>();
		for (JsonNode panel : panels) {
			assertThat(panel.path("targets").valueStream().map((target) -> target.get("refId").asString()))
				.doesNotHaveDuplicates();
			JsonNode place = panel.get("gridPos");
			assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
			for (int x = 0; x < place.get("w").asInt(); x++) {
				for (int y = 0; y < place.get("h").asInt(); y++) {
					assertThat(taken.add((place.get("x").asInt() + x) + "," + (place.get("y").asInt() + y)))
						.as("place of " + panel.get("title"))
						.isTrue();
				}
			}
		}
	}

	@Test
	void everyAlertRuleSelectsSomething() throws IOException {
		List<String> problems = new ArrayList<>();
		List<Map<String, ?>> rules = rules();
		for (Map<String, ?> rule : rules) {
			String name = (String) rule.get("alert");
			PromQuery query = read((String) rule.get("expr"));
			query.problems().forEach((problem) -> problems.add(name + ": " + problem));
			problems.addAll(unknown(name, ANNOTATION_LABEL, String.valueOf(rule.get("annotations")), query));
			assertThat(rule.keySet()).as(name).isSubsetOf("alert", "expr", "for", "labels", "annotations");
			assertThat(String.valueOf(rule.get("labels"))).as(name).matches("\\{severity=(warning|info)}");
			assertThat(String.valueOf(rule.get("annotations"))).as(name).contains("summary=");
		}
		assertThat(problems).isEmpty();
		assertThat(rules).hasSizeGreaterThan(8).extracting((rule) -> rule.get("alert")).doesNotHaveDuplicates();
		assertThat(rules).extracting((rule) -> rule.get("expr")).doesNotHaveDuplicates();
	}

	@Test
	void madeUpNameIsReported() {
		assertThat(read("sum(rate(llm_cache_lookups_seconds_count{task=~\"$task\"}[$__rate_interval]))").problems())
			.isEmpty();
		assertThat(read("sum(rate(llm_cache_lookup_seconds_counts{task=~\"$task\"}[$__rate_interval]))").problems())
			.containsExactly("there is no llm_cache_lookup_seconds_counts");
		assertThat(read("sum by (reason) (rate(llm_cache_lookups_seconds_count[5m]))").problems())
			.containsExactly("sum has no label reason to go by");
		assertThat(read("sum(rate(llm_cache_bypasses_total{reason=\"made-up\"}[5m]))").problems())
			.containsExactly("there is no llm_cache_bypasses_total with reason=made-up");
	}

	private PromQuery read(String query) {
		String filled = query;
		for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
			filled = filled.replace(variable.getKey(), variable.getValue());
		}
		return PromQuery.of(filled, this.scrape);
	}

	/**
	 * Labels that a text names and the result of the query does not have.
	 */
	private static List<String> unknown(String where, Pattern label, String text, PromQuery query) {
		try (Stream<MatchResult> labels = label.matcher(text).results()) {
			return labels.map((match) -> match.group(1))
				.filter((name) -> !query.labels().contains(name))
				.map((name) -> where + ": the result has no label " + name)
				.toList();
		}
	}

	private static JsonNode dashboard() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(DIRECTORY.resolve("llm-cache.json")));
	}

	private static List<JsonNode> panels() throws IOException {
		List<JsonNode> panels = dashboard().get("panels").valueStream().toList();
		assertThat(panels).flatMap((panel) -> panel.path("panels").valueStream().toList()).isEmpty();
		return panels;
	}

	private static List<Map<String, ?>> rules() throws IOException {
		Map<String, List<Map<String, List<Map<String, ?>>>>> file = new Yaml()
			.load(Files.readString(DIRECTORY.resolve("alerts.yml")));
		return file.get("groups").stream().flatMap((group) -> group.get("rules").stream()).toList();
	}

	private String scrape() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.port + "/actuator/prometheus"))
			.header("Accept", "text/plain")
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	/**
	 * Configures an application with what the documents say that it takes.
	 */
	static class AsDocumented implements ApplicationContextInitializer<ConfigurableApplicationContext> {

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			try {
				Documents.blocks(Documents.ROOT.resolve("docs/operations.md"), "yaml")
					.stream()
					.filter((block) -> block.contains("prometheus"))
					.forEach((block) -> Documents.configure(context, block));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
