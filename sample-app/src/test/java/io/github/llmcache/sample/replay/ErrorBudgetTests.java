package io.github.llmcache.sample.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.sample.SampleApplication;
import io.github.llmcache.sample.command.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A task in which prompts that look the same have other answers, beside one in which they
 * have the same.
 */
@Tag("thorough")
class ErrorBudgetTests {

	private static final List<String> WORDINGS = List.of("How do I %s the %s?", "please tell me how to %s the %s",
			"How can I %s the %s, thanks", "how do you %s a %s", "Hello, how should I %s the %s?");

	private static final List<String> VERBS = List.of("paint", "clean", "sell", "repair", "measure", "store");

	private static final List<String> NOUNS = List.of("boat", "guitar", "lamp", "tent", "carpet", "mirror", "violin",
			"sofa", "helmet", "statue", "piano", "fence", "kettle", "ladder", "stove", "window", "barrel", "saddle",
			"drum", "anchor");

	@TempDir
	Path directory;

	@Test
	void taskThatIsMostlyWrongFallsBackToExactHitsAndOthersGoOn() throws IOException {
		JsonNode first = replay(60).path("tasks");
		JsonNode all = replay(120).path("tasks");
		assertThat(semanticHits(all, "reliable")).isGreaterThan(240);
		assertThat(all.path("reliable").path("wrongHits").intValue()).isZero();
		assertThat(first.path("adversarial").path("requests").intValue()).isEqualTo(300);
		assertThat(semanticHits(first, "adversarial")).isBetween(1L, 100L);
		assertThat(semanticHits(all, "adversarial")).as("none after the first 300 requests")
			.isEqualTo(semanticHits(first, "adversarial"));
	}

	private static long semanticHits(JsonNode tasks, String task) {
		return Math.round(
				tasks.path(task).path("semanticHitRate").doubleValue() * tasks.path(task).path("requests").intValue());
	}

	private JsonNode replay(int questions) throws IOException {
		List<String> lines = new ArrayList<>();
		for (int question = 0; question < questions; question++) {
			String verb = VERBS.get(question % VERBS.size());
			String noun = NOUNS.get(question / VERBS.size());
			for (int wording = 0; wording < WORDINGS.size(); wording++) {
				String prompt = WORDINGS.get(wording).formatted(verb, noun);
				lines.add(line(lines.size(), "reliable", prompt, "answer-" + question));
				lines.add(line(lines.size(), "adversarial", prompt, "answer-" + question + "-" + wording));
			}
		}
		Path requests = Files.write(this.directory.resolve("requests-" + questions + ".jsonl"), lines);
		Path report = this.directory.resolve("report-" + questions + ".json");
		PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
		int exitCode = new CommandLine(SampleApplication.class, nowhere, nowhere).run("replay",
				"--requests=" + requests, "--report=" + report, "--llm-cache.semantic.evidence=auto");
		assertThat(exitCode).isZero();
		return JsonMapper.shared().readTree(report.toFile());
	}

	private static String line(int id, String task, String prompt, String answerKey) {
		return "{\"id\": \"%d\", \"task\": \"%s\", \"prompt\": \"%s\", \"answer_key\": \"%s\"}".formatted(id, task,
				prompt, answerKey);
	}

}
