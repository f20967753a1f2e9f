package io.github.llmcache.sample.redis;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.sample.SampleApplication;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The operator's story of docs/operations.md, told to two instances that share a Redis.
 */
@Tag("thorough")
class OperatorStoryTests {

	@TempDir
	Path directory;

	@Test
	void storyOfTheOperatorIsTrue() throws Exception {
		for (String tool : new String[] { "bash", "curl", "jq" }) {
			assumeTrue(isOnPath(tool) || System.getenv("CI") != null, "Skipped: there is no " + tool);
		}
		try (ConfigurableApplicationContext one = start(); ConfigurableApplicationContext two = start()) {
			Path output = this.directory.resolve("output");
			Process story = new ProcessBuilder("bash", "../docs/examples/operators-story.sh", url(one), url(two))
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			boolean ended = story.waitFor(5, TimeUnit.MINUTES);
			story.destroyForcibly();
			System.out.println(Files.readString(output));
			assertThat(ended && story.waitFor() == 0).as(Files.readString(output)).isTrue();
			assertThat(output).content().endsWith("Done.\n");
		}
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(SampleApplication.class).profiles("redis")
			.run("--server.port=0",
					"--spring.data.redis.url=redis://127.0.0.1:" + RedisServers.shared(RedisKind.REDIS_8).port(),
					"--llm-cache.redis.key-prefix=" + this.directory.getFileName(),
					"--llm-cache.tasks.support.evidence=corroborated", "--management.endpoints.web.exposure.include=*",
					"--management.endpoint.llmcachetransfer.access=unrestricted",
					"--management.endpoint.llmcacheerasure.access=unrestricted");
	}

	private static String url(ConfigurableApplicationContext instance) {
		return "http://localhost:" + instance.getEnvironment().getProperty("local.server.port");
	}

	private static boolean isOnPath(String tool) {
		for (String place : System.getenv("PATH").split(File.pathSeparator)) {
			if (Files.isExecutable(Path.of(place, tool))) {
				return true;
			}
		}
		return false;
	}

}
