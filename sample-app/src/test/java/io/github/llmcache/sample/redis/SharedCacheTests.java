package io.github.llmcache.sample.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.sample.SampleApplication;
import io.github.llmcache.sample.router.AssistantReply;
import io.github.llmcache.sample.router.AssistantService;
import io.github.llmcache.sample.router.AssistantTask;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Instances of the sample that share a Redis share their answers.
 */
@Tag("thorough")
class SharedCacheTests {

	private static final int REQUESTS = 800;

	private static final List<String> SUBJECTS = List.of("my password", "an invoice", "the newsletter", "a refund",
			"my address", "a subscription", "my user name", "the dark mode", "a voucher", "my avatar");

	private static final List<String> WORDINGS = List.of("How do I change %s?", "how do i change %s",
			"Please, how do I change %s?", "How can I change %s?", "What does it cost to change %s?");

	@TempDir
	Path directory;

	@ParameterizedTest
	@EnumSource(mode = Mode.INCLUDE, names = { "REDIS_7", "REDIS_8" })
	void answerOfOneInstanceIsServedByAnother(RedisKind kind) {
		try (ConfigurableApplicationContext one = start(kind); ConfigurableApplicationContext other = start(kind)) {
			assertThat(ask(one, "How do I turn on dark mode?").outcome()).isEqualTo(Outcome.MISS);
			assertThat(ask(other, "How do I turn on dark mode?").outcome()).isEqualTo(Outcome.EXACT);
			assertThat(ask(other, "how can i turn dark mode on").outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(ask(other, "How do I turn off dark mode?").outcome()).isEqualTo(Outcome.MISS);
			assertThat(ask(one, "How can I turn off dark mode?").outcome()).isEqualTo(Outcome.SEMANTIC);
		}
	}

	@Test
	void twoProcessesTogetherHitAsOftenAsOne() throws Exception {
		Path requests = writeRequests();
		double alone = replay(requests, "alone", "1/1").get(0);
		List<Double> together = replay(requests, "together", "1/2", "2/2");
		double total = together.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
		System.out.printf("Hit rate of one process %.4f, of two that share a Redis %.4f%n", alone, total);
		assertThat(alone).isBetween(0.9, 0.99);
		assertThat(total).isCloseTo(alone, within(0.01));
	}

	/**
	 * Replay in as many processes as there are shares, at the same time.
	 * @return the hit rate of each
	 */
	private List<Double> replay(Path requests, String cache, String... shares) throws Exception {
		List<Process> processes = new ArrayList<>();
		for (String share : shares) {
			processes.add(SampleProcess.start(this.directory.resolve("output"),
					List.of("replay", "--requests=" + requests, "--report=" + report(cache, share), "--share=" + share,
							"--spring.profiles.active=redis", "--spring.data.redis.url=" + url(RedisKind.REDIS_8),
							"--llm-cache.redis.key-prefix=" + this.directory.getFileName() + "-" + cache)));
		}
		List<Double> hitRates = new ArrayList<>();
		for (int i = 0; i < shares.length; i++) {
			boolean ended = processes.get(i).waitFor(3, TimeUnit.MINUTES);
			processes.get(i).destroyForcibly();
			assertThat(ended && processes.get(i).exitValue() == 0)
				.as(Files.readString(this.directory.resolve("output")))
				.isTrue();
			hitRates.add(hitRate(report(cache, shares[i])));
		}
		return hitRates;
	}

	private Path report(String cache, String share) {
		return this.directory.resolve(cache + share.charAt(0) + ".json");
	}

	private static double hitRate(Path report) throws IOException {
		try (InputStream in = Files.newInputStream(report)) {
			JsonNode total = new JsonMapper().readTree(in).path("total");
			assertThat(total.path("wrongHits").intValue()).isZero();
			return total.path("hitRate").doubleValue();
		}
	}

	private Path writeRequests() throws IOException {
		Random random = new Random(7);
		List<String> lines = new ArrayList<>();
		for (int i = 0; i < REQUESTS; i++) {
			String subject = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
			int wording = random.nextInt(WORDINGS.size());
			lines
				.add("{\"id\": \"%d\", \"task\": \"support\", \"prompt\": \"%s\", \"answer_key\": \"%s %s\"}".formatted(
						i, WORDINGS.get(wording).formatted(subject), (wording == 4) ? "price of" : "change", subject));
		}
		return Files.write(this.directory.resolve("requests.jsonl"), lines, StandardCharsets.UTF_8);
	}

	private ConfigurableApplicationContext start(RedisKind kind) {
		return new SpringApplicationBuilder(SampleApplication.class).web(WebApplicationType.NONE)
			.profiles("redis")
			.run("--spring.data.redis.url=" + url(kind),
					"--llm-cache.redis.key-prefix=" + this.directory.getFileName());
	}

	private static String url(RedisKind kind) {
		return "redis://127.0.0.1:" + RedisServers.shared(kind).port();
	}

	private static AssistantReply ask(ConfigurableApplicationContext instance, String prompt) {
		return instance.getBean(AssistantService.class).ask(AssistantTask.SUPPORT, prompt, null);
	}

}
