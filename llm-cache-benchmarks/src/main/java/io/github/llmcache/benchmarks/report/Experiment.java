package io.github.llmcache.benchmarks.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.benchmarks.load.Figure;

/**
 * Runs a program in a JVM of its own and collects its figures.
 */
final class Experiment {

	private static final String MAX_HEAP = "4g";

	private final Class<?> program;

	private final @Nullable RedisProcess redis;

	private final List<String> arguments;

	/**
	 * Create the experiment.
	 * @param program a class with a {@code main} method
	 * @param redis the server that it may use
	 * @param arguments its arguments
	 */
	Experiment(Class<?> program, @Nullable RedisProcess redis, Object... arguments) {
		this.program = program;
		this.redis = redis;
		this.arguments = Stream.of(arguments).map(Object::toString).toList();
	}

	/**
	 * Run the program to its end.
	 * @param results takes the figures
	 */
	void run(Results results) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-Xmx" + MAX_HEAP);
		if (this.redis != null) {
			command.add("-D" + RedisProcess.PORT_PROPERTY + "=" + this.redis.port());
		}
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), this.program.getName()));
		command.addAll(this.arguments);
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				Figure figure = Figure.parse(line);
				if (figure != null) {
					results.add(Section.valueOf(figure.section()), figure.contender(), figure.parameter(),
							figure.value(), figure.bytes());
				}
			}
		}
		int status = process.waitFor();
		if (status != 0) {
			throw new IOException("%s ended with status %d".formatted(this.program.getSimpleName(), status));
		}
	}

	@Override
	public String toString() {
		return this.program.getSimpleName();
	}

}
