package io.github.llmcache.djl;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Starts the embedder in a JVM of its own, with an empty home and an empty temporary
 * directory, as on the first start of a container.
 */
@Tag("thorough")
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
		assertThat(files(this.temporary)).isEmpty();
	}

	@Test
	void nativeLibrariesAreUnpackedOnceWhetherAProcessEndsOrIsKilled() throws Exception {
		run(List.of());
		List<Path> unpacked = files(this.home);
		assertThat(unpacked).anyMatch((file) -> file.getFileName().toString().contains("onnxruntime"))
			.anyMatch((file) -> file.getFileName().toString().contains("tokenizers"));
		assertThat(this.temporary).isEmptyDirectory();
		runAndKill();
		run(List.of());
		assertThat(files(this.home)).isEqualTo(unpacked);
		assertThat(files(this.temporary)).isEmpty();
	}

	@Test
	void whatAKilledProcessHasLeftIsDeletedByTheNext() throws Exception {
		String noHome = "-Duser.home=" + Files.createFile(this.home.resolve("file")).resolve("home");
		runAndKill(noHome);
		assertThat(files(this.temporary)).isNotEmpty();
		run(List.of(), noHome);
		assertThat(files(this.temporary)).isEmpty();
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).sorted().toList();
		}
	}

	private void runAndKill(String... options) throws Exception {
		Process process = new ProcessBuilder(command(List.of(), List.of("stay"), options)).redirectErrorStream(true)
			.start();
		try (BufferedReader output = process.inputReader()) {
			assertThat(output.lines().anyMatch((line) -> line.equals("dimensions 384"))).isTrue();
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private List<String> command(List<String> prefix, List<String> arguments, String... options) {
		List<String> command = new ArrayList<>(prefix);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-Duser.home=" + this.home);
		command.add("-Djava.io.tmpdir=" + this.temporary);
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), OfflineMain.class.getName()));
		command.addAll(arguments);
		return command;
	}

	private String run(List<String> prefix, String... options) throws Exception {
		Process process = new ProcessBuilder(command(prefix, List.of(), options)).redirectErrorStream(true).start();
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
