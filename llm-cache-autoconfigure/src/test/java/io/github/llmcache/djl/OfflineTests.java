package io.github.llmcache.djl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Starts the embedder in a JVM of its own, with an empty home and an empty temporary
 * directory, as on the first start of a container.
 */
class OfflineTests {

	@TempDir
	private Path home;

	@TempDir
	private Path temporary;

	@Test
	void noUrlIsOpened() throws Exception {
		assertThat(run(List.of())).contains("dimensions 384").doesNotContain("opened ");
	}

	@Test
	void aUserMayOptInToWhatDjlSendsWhichShowsThatUrlsAreSeen() throws Exception {
		assertThat(run(List.of(), "-DOPT_OUT_TRACKING=false")).contains("dimensions 384").contains("opened http://");
	}

	@Test
	void theModelRunsWhereThereIsNoNetworkAtAll() throws Exception {
		List<String> isolated = List.of("unshare", "--map-root-user", "--net");
		assumeTrue(canRun(isolated));
		assertThat(run(isolated)).contains("dimensions 384");
	}

	@Test
	void nothingIsLeftBehindWhereTheHomeCannotBeWritten() throws Exception {
		Path file = Files.createFile(this.home.resolve("file"));
		assertThat(run(List.of(), "-Duser.home=" + file.resolve("home"))).contains("dimensions 384");
		assertThat(this.temporary.toFile().list((directory, name) -> name.startsWith("llm-cache"))).isEmpty();
	}

	private String run(List<String> prefix, String... options) throws Exception {
		List<String> command = new ArrayList<>(prefix);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-Duser.home=" + this.home);
		command.add("-Djava.io.tmpdir=" + this.temporary);
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), OfflineMain.class.getName()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		return output;
	}

	private boolean canRun(List<String> prefix) throws InterruptedException {
		List<String> command = new ArrayList<>(prefix);
		command.add("true");
		try {
			return new ProcessBuilder(command).start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
