package io.github.llmcache.benchmarks.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.benchmarks.peer.Assistant;
import io.github.llmcache.benchmarks.peer.WebApplication;
import io.github.llmcache.benchmarks.peer.Questions;

/**
 * Measures what the start of a web application and its first calls take.
 */
public final class StartUp {

	private static final int CALLS = 10;

	/**
	 * The argument by which calls are made before the application is ready for traffic.
	 */
	public static final String AT_ONCE = "started";

	private StartUp() {
	}

	/**
	 * Measure.
	 * @param arguments whether the cache is enabled; then {@value #AT_ONCE} if the calls
	 * are to be made before the application is ready for traffic, which is all that is
	 * measured then
	 */
	public static void main(String[] arguments) throws IOException {
		boolean enabled = Boolean.parseBoolean(arguments[0]);
		boolean atOnce = arguments.length > 1 && arguments[1].equals(AT_ONCE);
		String contender = enabled ? "with the starter" : "without the starter";
		ApplicationListener<ApplicationStartedEvent> started = (event) -> {
			if (atOnce) {
				new Figure("FIRST_CALL", "the first call, before it is ready", "",
						calls(event.getApplicationContext())[0])
					.print();
			}
			else {
				new Figure("START_UP", contender, "", processorTime()).print();
			}
		};
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(WebApplication.class)
			.listeners(started)
			.properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn",
					"llm-cache.enabled=" + enabled, "llm-cache.store=memory", "llm-cache.tasks.text.semantic=true")
			.run()) {
			if (!atOnce) {
				new Figure("START_UP", contender + ", ready for traffic", "", processorTime()).print();
				double[] calls = calls(context);
				if (enabled) {
					new Figure("FIRST_CALL", "the first call", "", calls[0]).print();
					new Figure("FIRST_CALL", "the tenth call", "", calls[CALLS - 1]).print();
				}
				new Figure("MEMORY", contender, "", residentMegabytes()).print();
			}
		}
	}

	private static double processorTime() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e6;
	}

	private static double[] calls(ApplicationContext context) {
		Assistant assistant = context.getBean(Assistant.class);
		double[] calls = new double[CALLS];
		for (int i = 0; i < CALLS; i++) {
			long start = System.nanoTime();
			assistant.text(Questions.stored(i), "small");
			calls[i] = (System.nanoTime() - start) / 1e6;
		}
		return calls;
	}

	private static double residentMegabytes() throws IOException {
		Path status = Path.of("/proc/self/status");
		try (Stream<String> lines = Files.lines(status)) {
			String line = lines.filter((candidate) -> candidate.startsWith("VmRSS:")).findFirst().orElseThrow();
			return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
		}
	}

}
