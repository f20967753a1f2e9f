package io.github.llmcache.sample.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes of the sample on one Redis, asked the same thing by many at once.
 */
@Tag("thorough")
class SingleFlightProcessTests {

	private static final int CALLERS = 500;

	private static final Duration LEASE = Duration.ofSeconds(2);

	private static final Duration MODEL = Duration.ofSeconds(3);

	@TempDir
	Path directory;

	@Test
	void modelIsAskedOnceAndAnotherProcessTakesOverWhenOneIsKilled() throws Exception {
		try (RedisServer redis = RedisServer.start(RedisKind.REDIS_7);
				SampleProcess one = start(redis);
				SampleProcess other = start(redis)) {
			List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				answers.add(((i % 2 == 0) ? one : other).ask("How do I turn on dark mode?"));
			}
			for (CompletableFuture<JsonNode> answer : answers) {
				assertThat(answer.get(60, TimeUnit.SECONDS).path("answer").stringValue()).contains("Dark");
			}
			assertThat(one.modelCalls() + other.modelCalls()).isOne();

			one.ask("How do I get a refund?");
			Awaitility.await().until(() -> hasLease(redis));
			List<CompletableFuture<JsonNode>> waiting = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				waiting.add(other.ask("How do I get a refund?"));
			}
			long before = other.modelCalls();
			one.kill();
			long start = System.nanoTime();
			for (CompletableFuture<JsonNode> answer : waiting) {
				assertThat(answer.get(60, TimeUnit.SECONDS).path("answer").stringValue()).contains("refund");
			}
			System.out.printf(
					"After the process that loaded was killed, 100 callers were answered within %d ms, of"
							+ " which the lease is %d ms and the model %d ms%n",
					TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), LEASE.toMillis(), MODEL.toMillis());
			assertThat(other.modelCalls()).isEqualTo(before + 1);
		}
	}

	private static boolean hasLease(RedisServer redis) {
		return String.valueOf(redis.command("KEYS", "*:l:*")).contains(":l:");
	}

	private SampleProcess start(RedisServer redis) throws IOException {
		return new SampleProcess(this.directory.resolve("output"), "--spring.profiles.active=redis",
				"--spring.data.redis.url=redis://127.0.0.1:" + redis.port(),
				// 500 callers on a small machine: what is slow then is not Redis
				"--llm-cache.redis.timeout=10s", "--llm-cache.single-flight.lease=" + LEASE.toMillis() + "ms",
				"--sample.models.swift.latency=" + MODEL.toMillis() + "ms", "--sample.simulated.jitter=0");
	}

}
