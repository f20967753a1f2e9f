package io.github.llmcache.sample.web;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Starts Chromium without a window. Browser and driver are those of the environment
 * variables {@code CHROME} and {@code CHROMEDRIVER}, else those on the path; nothing is
 * downloaded. Without them tests are skipped or, if {@code CI} is {@code true}, fail.
 */
final class Browser {

	private static final List<String> OPTIONS = List.of("--headless", "--no-sandbox", "--disable-gpu",
			"--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--window-size=1200,1000");

	private Browser() {
	}

	static ChromeDriver start(Path profile) {
		File driver = find("CHROMEDRIVER", "chromedriver");
		File chrome = find("CHROME", "chromium", "chromium-browser", "google-chrome", "chrome");
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(driver)
			.usingAnyFreePort()
			.build();
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chrome);
		options.addArguments(OPTIONS);
		options.addArguments("--user-data-dir=" + profile);
		return new ChromeDriver(service, options);
	}

	private static File find(String variable, String... names) {
		Optional<Path> program = candidates(variable, names).filter(Files::isExecutable).findFirst();
		if (program.isEmpty()) {
			String message = "Browser tests cannot run: there is no %s on the path. Install Chromium and its driver "
				.formatted(names[0])
					+ "(Debian: apt-get install chromium chromium-driver), or set CHROME and CHROMEDRIVER.";
			if (isContinuousIntegration()) {
				throw new IllegalStateException(message);
			}
			System.out.println("Skipped. " + message);
			Assumptions.abort(message);
		}
		return program.orElseThrow().toFile();
	}

	private static Stream<Path> candidates(String variable, String... names) {
		String configured = System.getenv(variable);
		if (configured != null && !configured.isBlank()) {
			return Stream.of(Path.of(configured));
		}
		String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
		return Arrays.stream(path.split(File.pathSeparator))
			.filter((directory) -> !directory.isEmpty())
			.flatMap((directory) -> Arrays.stream(names).map((name) -> Path.of(directory, name)));
	}

	private static boolean isContinuousIntegration() {
		return Boolean.parseBoolean(System.getenv("CI")) || Boolean.getBoolean("CI");
	}

}
