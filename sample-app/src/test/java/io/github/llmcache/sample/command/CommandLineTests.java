package io.github.llmcache.sample.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.llmcache.sample.SampleApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandLine} that run the application.
 */
@Tag("thorough")
class CommandLineTests {

	private static final String REQUESTS = """
			{"id": "1", "task": "support", "prompt": "How do I turn on dark mode?", "answer_key": "on"}
			{"id": "2", "task": "support", "prompt": "How do I turn on dark mode? ", "answer_key": "on"}
			{"id": "3", "task": "support", "prompt": "How can I turn on dark mode?", "answer_key": "on"}
			{"id": "4", "task": "support", "prompt": "How do I turn off dark mode?", "answer_key": "off"}
			{"id": "5", "task": "other", "prompt": "How do I turn on dark mode?", "answer_key": "on"}
			""";

	private static final String PAIRS = """
			{"id": "1", "prompt_a": "How do I turn on dark mode?", "prompt_b": "How can I turn on dark mode?", \
			"label": 1, "source": "own", "category": "paraphrase"}
			{"id": "2", "prompt_a": "How do I turn on dark mode?", "prompt_b": "How do I turn off dark mode?", \
			"label": 0, "source": "own", "category": "antonym"}
			{"id": "3", "prompt_a": "Where is my card?", "prompt_b": "Where is my card?", \
			"label": 1, "source": "own", "category": "paraphrase"}
			{"id": "4", "prompt_a": "Where is my card?", "prompt_b": "Tell me a joke about penguins", \
			"label": 0, "source": "other", "category": "unrelated"}
			""";

	@TempDir
	Path directory;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void replayPrintsATableAndWritesTheSameAsJson() throws IOException {
		Path report = this.directory.resolve("report.json");
		assertThat(run("replay", "--requests=" + write(REQUESTS), "--report=" + report)).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("support", "other", "total");
		JsonNode total = read(report).path("total");
		assertThat(total.propertyNames()).containsExactly("requests", "exactHitRate", "semanticHitRate", "hitRate",
				"oracleHitRate", "capture", "audits", "wrongHits", "wrongAmongSemantic", "wrongAmongSemanticUpper95",
				"latencyMillis", "timeSavedSeconds", "moneySaved");
		assertThat(total.path("requests").intValue()).isEqualTo(5);
		assertThat(total.path("exactHitRate").doubleValue()).isEqualTo(0.2);
		assertThat(total.path("semanticHitRate").doubleValue()).isEqualTo(0.2);
		assertThat(total.path("oracleHitRate").doubleValue()).isEqualTo(0.4);
		assertThat(total.path("capture").doubleValue()).isEqualTo(1);
		assertThat(total.path("wrongHits").intValue()).isZero();
		assertThat(total.path("latencyMillis").path("semantic").path("p99").doubleValue()).isPositive();
		assertThat(read(report).path("tasks").propertyNames()).containsExactly("other", "support");
	}

	@Test
	void semanticMatchingIsSwitchedOffByItsProperty() throws IOException {
		Path report = this.directory.resolve("report.json");
		assertThat(run("replay", "--requests=" + write(REQUESTS), "--report=" + report,
				"--llm-cache.semantic.enabled=false"))
			.isZero();
		assertThat(read(report).path("total").path("hitRate").doubleValue()).isEqualTo(0.2);
		assertThat(read(report).path("total").path("capture").doubleValue()).isZero();
	}

	@Test
	void settingsOfATaskApplyToTheRequestsOfThatTask() throws IOException {
		Path report = this.directory.resolve("report.json");
		assertThat(run("replay", "--requests=" + write(REQUESTS), "--report=" + report,
				"--llm-cache.tasks.support.semantic=false"))
			.isZero();
		assertThat(read(report).path("tasks").path("support").path("semanticHitRate").doubleValue()).isZero();
	}

	@Test
	void evaluatePrintsTablesAndWritesTheSameAsJson() throws IOException {
		Path report = this.directory.resolve("report.json");
		assertThat(run("evaluate", "--pairs=" + write(PAIRS), "--report=" + report)).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("paraphrase", "antonym", "own", "total");
		JsonNode json = read(report);
		assertThat(json.propertyNames()).containsExactly("total", "sources", "categories", "refusals", "curve");
		assertThat(json.path("total").propertyNames()).containsExactly("pairs", "recall", "wrongShare", "precision",
				"recallAtPrecision");
		assertThat(json.path("total").path("pairs").intValue()).isEqualTo(4);
		assertThat(json.path("total").path("recall").doubleValue()).isEqualTo(1);
		assertThat(json.path("total").path("wrongShare").doubleValue()).isZero();
		assertThat(json.path("total").path("precision").doubleValue()).isEqualTo(1);
		assertThat(json.path("total").path("recallAtPrecision").propertyNames()).containsExactly("0.90", "0.95",
				"0.98");
		assertThat(json.path("sources").propertyNames()).containsExactly("other", "own");
		assertThat(json.path("categories").propertyNames()).containsExactly("antonym", "paraphrase", "unrelated");
		assertThat(json.path("categories").path("antonym").path("recall").isNull()).isTrue();
		assertThat(json.path("curve").path("points").propertyNames()).containsExactly("0.5", "1", "2", "3", "5");
		assertThat(json.path("curve").path("setting").path("served").doubleValue()).isEqualTo(1);
		assertThat(json.path("curve").path("points").path("1").path("wrongByCategory").propertyNames())
			.containsExactly("antonym", "unrelated");
		assertThat(json.path("refusals").path("min-similarity").intValue()).isEqualTo(1);
		assertThat(json.path("refusals").values().stream().mapToInt(JsonNode::intValue).sum()).isEqualTo(2);
	}

	@Test
	void answersThatAreTextsAreRightIfTheirKeysAreEqual() throws IOException {
		Path report = this.directory.resolve("report.json");
		assertThat(run("replay", "--requests=" + write("""
				{"id": "1", "task": "a", "prompt": "Is the shop open on Monday?", "answer_key": "m", "answer": "It is."}
				{"id": "2", "task": "a", "prompt": "Is the shop open on Sunday?", "answer_key": "s", "answer": "It is."}
				{"id": "3", "task": "a", "prompt": "is the shop open on monday", "answer_key": "m", "answer": "Yes!"}
				{"id": "4", "task": "a", "prompt": "is the shop open on sunday", "answer_key": "m", "answer": "It is."}
				"""), "--report=" + report)).isZero();
		JsonNode total = read(report).path("total");
		assertThat(total.path("exactHitRate").doubleValue()).isEqualTo(0.5);
		assertThat(total.path("wrongHits").intValue()).as("the last, whose text is that of another key").isEqualTo(1);
	}

	@Test
	void replayWritesWrongAndMissedHitsAndCountsAsWithoutThem() throws IOException {
		String requests = REQUESTS + """
				{"id": "6", "task": "support", "prompt": "How can I turn on dark mode, please?", "answer_key": "other"}
				{"id": "7", "task": "support", "prompt": "Switch the screen to dark", "answer_key": "on"}
				{"id": "8", "task": "support", "prompt": "Tell me a joke", "answer_key": "joke"}
				""";
		Path failures = this.directory.resolve("failures.jsonl");
		Path[] reports = { this.directory.resolve("1.json"), this.directory.resolve("2.json") };
		assertThat(run("replay", "--requests=" + write(requests), "--report=" + reports[0], "--failures=" + failures))
			.isZero();
		assertThat(run("replay", "--requests=" + write(requests), "--report=" + reports[1])).isZero();
		for (String figure : List.of("hitRate", "capture", "wrongHits")) {
			assertThat(read(reports[0]).path("total").path(figure)).as(figure)
				.isEqualTo(read(reports[1]).path("total").path(figure));
		}
		List<JsonNode> lines = Files.readAllLines(failures).stream().map(JsonMapper.shared()::readTree).toList();
		assertThat(lines).hasSize(2);
		JsonNode wrong = lines.get(0);
		assertThat(wrong.propertyNames()).startsWith("kind", "outcome", "task", "prompt", "candidate", "right",
				"similarity", "reason");
		assertThat(wrong.path("kind").stringValue()).isEqualTo("wrong");
		assertThat(wrong.path("outcome").stringValue()).isEqualTo("semantic");
		assertThat(wrong.path("prompt").stringValue()).isEqualTo("How can I turn on dark mode, please?");
		assertThat(wrong.path("candidate").stringValue()).isEqualTo("How do I turn on dark mode?");
		assertThat(wrong.path("right").booleanValue()).isFalse();
		assertThat(wrong.path("similarity").doubleValue()).isBetween(0.8, 1.0);
		assertThat(wrong.path("reason").stringValue()).isEqualTo("accepted");
		JsonNode missed = lines.get(1);
		assertThat(missed.path("kind").stringValue()).isEqualTo("missed");
		assertThat(missed.path("outcome").stringValue()).isEqualTo("miss");
		assertThat(missed.path("right").booleanValue()).isTrue();
		assertThat(missed.path("reason").stringValue()).isNotEqualTo("accepted");
		assertThat(missed.path("probability").doubleValue()).isBetween(0.0, 1.0);
		assertThat(missed.path("reasons")).isNotEmpty();
	}

	@Test
	void judgeOfAReplayComparesTextsByTheirKeys() throws IOException {
		Path report = this.directory.resolve("report.json");
		assertThat(run("replay",
				"--requests="
						+ write("""
								{"id": "1", "task": "a", "prompt": "How do I turn on dark mode?", "answer_key": "1", "answer": "Press D."}
								{"id": "2", "task": "a", "prompt": "How can I turn on dark mode?", "answer_key": "1", "answer": "Use D!"}
								"""),
				"--report=" + report, "--llm-cache.semantic.evidence=auto", "--sample.replay.judge=keys:0",
				"--sample.replay.judge-answers=true"))
			.isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("calls of the judge: 1");
		assertThat(read(report).path("judgeCalls").intValue()).as("the first hit is audited").isEqualTo(1);
	}

	@Test
	void judgeOfAReplayIsAskedBeforeServingWhatTheCacheDoesNotSettle() throws IOException {
		Path report = this.directory.resolve("report.json");
		Path requests = write("""
				{"id": "1", "task": "a", "prompt": "How do I turn on dark mode?", "answer_key": "1"}
				{"id": "2", "task": "a", "prompt": "I want the dark theme enabled", "answer_key": "1"}
				{"id": "3", "task": "a", "prompt": "I want the dark theme enabled, please", "answer_key": "1"}
				""");
		assertThat(run("replay", "--requests=" + requests, "--report=" + report)).isZero();
		assertThat(read(report).path("total").path("hitRate").doubleValue()).isLessThan(0.5);
		assertThat(run("replay", "--requests=" + requests, "--report=" + report, "--sample.replay.judge=keys",
				"--llm-cache.semantic.judge.min-probability=0"))
			.isZero();
		assertThat(read(report).path("total").path("hitRate").doubleValue()).isEqualTo(2 / 3.0);
		assertThat(read(report).path("judgeCalls").intValue()).as("two for each wording").isBetween(2, 4);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void judgeThatIsUnknownEndsWithAnErrorThatSaysHowToMendIt(CapturedOutput output) throws IOException {
		assertThat(run("replay", "--requests=" + write(REQUESTS), "--sample.replay.judge=coin")).isEqualTo(1);
		assertThat(output).contains("sample.replay.judge", "'coin' is not a judge; give 'keys'");
	}

	@Test
	void evaluateWritesWrongAndMissedPairs() throws IOException {
		Path failures = this.directory.resolve("failures.jsonl");
		assertThat(run("evaluate", "--failures=" + failures, "--pairs=" + write(PAIRS + """
				{"id": "5", "prompt_a": "Where is my card?", "prompt_b": "where is my card", "label": 0, \
				"source": "own", "category": "noise"}
				{"id": "6", "prompt_a": "I lost 2 cards", "prompt_b": "I lost 3 cards", "label": 1, \
				"source": "own", "category": "number"}
				"""))).isZero();
		List<JsonNode> lines = Files.readAllLines(failures).stream().map(JsonMapper.shared()::readTree).toList();
		assertThat(lines).extracting((line) -> line.path("kind").stringValue()).containsExactly("wrong", "missed");
		assertThat(lines).extracting((line) -> line.path("category").stringValue()).containsExactly("noise", "number");
		assertThat(lines.get(1).path("reason").stringValue()).isEqualTo("number");
		assertThat(lines.get(1).path("detail").stringValue()).contains("2", "3");
		assertThat(lines.get(1).path("candidate").stringValue()).isEqualTo("I lost 2 cards");
	}

	@Test
	void cacheThatIsSwitchedOffHasNoHits() throws IOException {
		Path report = this.directory.resolve("report.json");
		assertThat(run("replay", "--requests=" + write(REQUESTS), "--report=" + report, "--llm-cache.enabled=false"))
			.isZero();
		assertThat(read(report).path("total").path("hitRate").doubleValue()).isZero();
	}

	@Test
	void cacheThatIsSwitchedOffCannotBeEvaluated() throws IOException {
		assertThat(run("evaluate", "--pairs=" + write(PAIRS), "--llm-cache.enabled=false")).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8))
			.isEqualTo("error: there is no cache to evaluate: llm-cache.enabled is false\n");
	}

	@Test
	void badLineEndsWithOneErrorAndNoReport() throws IOException {
		Path file = write(REQUESTS + "{\"id\": \"6\", \"task\": \"support\", \"answer_key\": \"on\"}\n");
		Path report = this.directory.resolve("report.json");
		assertThat(run("replay", "--requests=" + file, "--report=" + report)).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8))
			.isEqualTo("error: " + file + ", line 6: field 'prompt' is missing\n");
		assertThat(this.out.toString(StandardCharsets.UTF_8)).isEmpty();
		assertThat(report).doesNotExist();
	}

	@Test
	void missingFileEndsWithOneError() {
		Path file = this.directory.resolve("none");
		assertThat(run("evaluate", "--pairs=" + file)).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).isEqualTo("error: " + file + ": no such file\n");
	}

	@Test
	void reportThatCannotBeWrittenEndsWithOneError() throws IOException {
		Path report = this.directory.resolve("none/report.json");
		assertThat(run("replay", "--requests=" + write(REQUESTS), "--report=" + report)).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8))
			.isEqualTo("error: " + report + ": the report cannot be written: its directory does not exist\n");
	}

	@Test
	void unknownOptionEndsWithTheUsage() {
		assertThat(run("replay", "--request=x")).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).startsWith("error: unknown option '--request'\nUsage:");
	}

	@Test
	void helpIsTheUsage() {
		assertThat(run("--help")).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).startsWith("Usage:");
	}

	@Test
	void settingThatIsWrongEndsWithAnError() throws IOException {
		assertThat(run("replay", "--requests=" + write(REQUESTS), "--llm-cache.ttl=soon")).isEqualTo(1);
	}

	private int run(String... args) {
		return new CommandLine(SampleApplication.class, new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8))
			.run(args);
	}

	private Path write(String text) throws IOException {
		return Files.writeString(this.directory.resolve("input.jsonl"), text);
	}

	private static JsonNode read(Path report) {
		return JsonMapper.shared().readTree(report);
	}

}
