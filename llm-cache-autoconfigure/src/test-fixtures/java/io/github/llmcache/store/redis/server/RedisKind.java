package io.github.llmcache.store.redis.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import redis.embedded.core.ExecutableProvider;

import static org.assertj.core.api.Assertions.fail;

/**
 * Servers that tests run on. Each is a real one: 6.2 comes with a library, the others
 * have to be installed.
 */
public enum RedisKind {

	REDIS_6_2("", "", "redis-server"), REDIS_7("LLM_CACHE_TEST_REDIS_7", "v=7.", "redis-server"),
	REDIS_8("LLM_CACHE_TEST_REDIS_8", "v=8.", "redis-server"),
	VALKEY_8("LLM_CACHE_TEST_VALKEY_8", "v=8.", "valkey-server");

	private static final Map<RedisKind, String> executables = new ConcurrentHashMap<>();

	private final String variable;

	private final String version;

	private final String program;

	RedisKind(String variable, String version, String program) {
		this.variable = variable;
		this.version = version;
		this.program = program;
	}

	/**
	 * The path of the server. Without one, the test is skipped or, if {@code CI} is
	 * {@code true}, fails.
	 */
	public String executable() {
		String executable = executables.computeIfAbsent(this, RedisKind::findOrTell);
		if (executable.isEmpty()) {
			if (Boolean.parseBoolean(System.getenv("CI"))) {
				fail(howToInstall());
			}
			Assumptions.abort(howToInstall());
		}
		return executable;
	}

	private String findOrTell() {
		String executable = find();
		if (executable.isEmpty()) {
			System.out.println("Tests on " + this + " are skipped. " + howToInstall());
		}
		return executable;
	}

	private String howToInstall() {
		return "Put a " + this.program + " " + this.version + "x on the PATH, or set " + this.variable
				+ " to the path of its executable.";
	}

	private String find() {
		try {
			if (this == REDIS_6_2) {
				return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("The server in embedded-redis cannot be unpacked", ex);
		}
		String configured = System.getenv(this.variable);
		Stream<String> candidates = (configured != null) ? Stream.of(configured)
				: Stream.of(System.getenv("PATH").split(File.pathSeparator))
					.map((directory) -> Path.of(directory, this.program).toString());
		return candidates.filter(this::isRight).findFirst().orElse("");
	}

	private boolean isRight(String executable) {
		if (!new File(executable).canExecute()) {
			return false;
		}
		try {
			Process process = new ProcessBuilder(executable, "--version").redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return process.waitFor(10, TimeUnit.SECONDS) && output.contains(this.version);
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
