package io.github.llmcache.sample.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.sample.SampleApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everyday prompts, each asked when one other is cached, by the default settings.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EverydayTests {

	private ConfigurableApplicationContext context;

	private LlmCache cache;

	private int asked;

	@BeforeAll
	void start() {
		this.context = new SpringApplicationBuilder(SampleApplication.class).web(WebApplicationType.NONE).run();
		this.cache = this.context.getBean(LlmCache.class);
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@Test
	void halfOfTheSameQuestionsAreServed() throws IOException {
		List<Pair> pairs = pairs("same");
		assertThat(pairs).hasSizeGreaterThanOrEqualTo(60);
		assertThat(pairs.stream().filter(this::isServed)).hasSizeGreaterThanOrEqualTo(pairs.size() / 2);
	}

	@Test
	void noOtherQuestionIsServed() throws IOException {
		List<Pair> pairs = pairs("other");
		assertThat(pairs).hasSizeGreaterThanOrEqualTo(60);
		assertThat(pairs.stream().filter(this::isServed)).isEmpty();
	}

	@Test
	void pairsOfTheReadmeAreServedAndRefusedAsItSays() throws IOException {
		List<String[]> rows = rows(Path.of("..", "README.md"), "| is cached | and asked is | |");
		assertThat(rows).hasSizeGreaterThanOrEqualTo(12);
		assertThat(rows).allSatisfy(
				(row) -> assertThat(isServed(new Pair(row[1].strip(), row[2].strip()))).as(String.join("|", row))
					.isEqualTo(row[3].strip().equals("served")));
		assertThat(rows).extracting((row) -> row[3].strip()).contains("served", "refused");
	}

	private boolean isServed(Pair pair) {
		String scope = "pair " + this.asked++; // each is alone in a scope of its own
		this.cache.get(request(pair.cached(), scope), () -> "the answer");
		return this.cache.get(request(pair.prompt(), scope), () -> "another answer").outcome() == Outcome.SEMANTIC;
	}

	private static CacheRequest<String> request(String prompt, String scope) {
		return CacheRequest.forTask("everyday", String.class).prompt(prompt).scope(scope).semantic(true).build();
	}

	private static List<Pair> pairs(String kind) throws IOException {
		String text = new ClassPathResource("everyday.csv", EverydayTests.class)
			.getContentAsString(StandardCharsets.UTF_8);
		return text.lines()
			.map((line) -> line.split(" \\| "))
			.filter((row) -> row.length == 4 && row[1].equals(kind))
			.map((row) -> new Pair(row[2], row[3]))
			.toList();
	}

	/**
	 * The rows of the table with a header.
	 */
	private static List<String[]> rows(Path document, String header) throws IOException {
		List<String[]> rows = new ArrayList<>();
		List<String> lines = Files.readAllLines(document);
		assertThat(lines).contains(header);
		for (String line : lines.subList(lines.indexOf(header) + 2, lines.size())) {
			if (!line.startsWith("|")) {
				break;
			}
			rows.add(line.split("\\|"));
		}
		return rows;
	}

	private record Pair(String cached, String prompt) {

	}

}
