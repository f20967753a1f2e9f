package io.github.llmcache.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The machine that the figures are from, without its name or paths.
 *
 * @param commit the commit, followed by {@code -dirty} if files were changed since
 * @param cores number of processors that the JVM sees
 * @param cpu the processor's model
 * @param system the operating system
 * @param jdk vendor and version of the Java runtime
 * @param redis version of the Redis server, or {@code none}
 */
record Machine(String commit, int cores, String cpu, String system, String jdk, String redis) {

	/**
	 * Look at this machine.
	 * @param redis version of the Redis server, or {@code none}
	 */
	static Machine current(String redis) throws IOException {
		String jdk = System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
				+ System.getProperty("java.vendor");
		return new Machine(findCommit(), Runtime.getRuntime().availableProcessors(), findCpu(),
				System.getProperty("os.name") + " " + System.getProperty("os.arch"), jdk, redis);
	}

	private static String findCommit() throws IOException {
		Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*").start();
		String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		return commit.isEmpty() ? "unknown" : commit;
	}

	private static String findCpu() throws IOException {
		Path file = Path.of("/proc/cpuinfo");
		if (!Files.exists(file)) {
			return System.getProperty("os.arch");
		}
		try (Stream<String> lines = Files.lines(file)) {
			return lines
				.filter((line) -> line.startsWith("model name") || line.startsWith("cpu family")
						|| line.startsWith("model\t"))
				.limit(3)
				.map((line) -> line.replaceAll("\\s*:\\s*", " "))
				.reduce((one, other) -> one + ", " + other)
				.orElse("unknown");
		}
	}

}
