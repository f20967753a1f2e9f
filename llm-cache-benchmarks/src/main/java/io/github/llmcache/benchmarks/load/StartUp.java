package io.github.llmcache.benchmarks.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.benchmarks.peer.Assistant;
import io.github.llmcache.benchmarks.peer.WebApplication;
import io.github.llmcache.benchmarks.peer.Questions;

/**
 * Measures what the start of a web application and its first calls take.
 */
public final class StartUp {

	private static final int CALLS = 10;

	private StartUp() {
	}

	/**
	 * Measure.
	 * @param arguments whether the cache is enabled
	 */
	public static void main(String[] arguments) throws IOException {
		boolean enabled = Boolean.parseBoolean(arguments[0]);
		String contender = enabled ? "with the starter" : "without the starter";
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(WebApplication.class)
			.properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn",
					"llm-cache.enabled=" + enabled, "llm-cache.store=memory", "llm-cache.tasks.text.semantic=true")
			.run()) {
			OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
			new Figure("START_UP", contender, "", system.getProcessCpuTime() / 1e6).print();
			Assistant assistant = context.getBean(Assistant.class);
			double[] calls = new double[CALLS];
			for (int i = 0; i < CALLS; i++) {
				long start = System.nanoTime();
				assistant.text(Questions.stored(i), "small");
				calls[i] = (System.nanoTime() - start) / 1e6;
			}
			if (enabled) {
				new Figure("FIRST_CALL", "the first call", "", calls[0]).print();
				new Figure("FIRST_CALL", "the tenth call", "", calls[CALLS - 1]).print();
			}
			new Figure("MEMORY", contender, "", residentMegabytes()).print();
		}
	}

	private static double residentMegabytes() throws IOException {
		Path status = Path.of("/proc/self/status");
		try (Stream<String> lines = Files.lines(status)) {
			String line = lines.filter((candidate) -> candidate.startsWith("VmRSS:")).findFirst().orElseThrow();
			return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
		}
	}

}
