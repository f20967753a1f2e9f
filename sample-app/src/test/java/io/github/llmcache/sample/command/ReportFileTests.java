package io.github.llmcache.sample.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReportFile}.
 */
class ReportFileTests {

	@TempDir
	Path directory;

	@Test
	void reportReplacesWhatWasThere() throws IOException {
		Path file = Files.writeString(this.directory.resolve("report.json"), "old");
		ReportFile.prepare(file, this.directory.resolve("input")).write(Map.of("requests", 1));
		assertThat(file).content().isEqualToIgnoringWhitespace("{\"requests\": 1}");
		assertThat(this.directory).isDirectoryNotContaining("glob:**.tmp");
	}

	@Test
	void reportThatCannotBeWrittenLeavesEverythingAsItWas() throws IOException {
		Path file = Files.writeString(this.directory.resolve("report.json"), "old");
		ReportFile report = ReportFile.prepare(file, this.directory.resolve("input"));
		assertThatException().isThrownBy(() -> report.write(new Unwritable()));
		assertThat(file).hasContent("old");
		assertThat(this.directory).isDirectoryNotContaining("glob:**.tmp");
	}

	@Test
	void directoryHasToExist() {
		Path file = this.directory.resolve("none/report.json");
		assertThatExceptionOfType(CommandException.class).isThrownBy(() -> ReportFile.prepare(file, Path.of("input")))
			.withMessage(file + ": the report cannot be written: its directory does not exist");
	}

	@Test
	void directoryIsNotReplaced() {
		assertThatExceptionOfType(CommandException.class)
			.isThrownBy(() -> ReportFile.prepare(this.directory, Path.of("input")))
			.withMessageContaining("it is not a file");
	}

	@Test
	void inputIsNotReplaced() throws IOException {
		Path file = Files.writeString(this.directory.resolve("input"), "{}");
		assertThatExceptionOfType(CommandException.class).isThrownBy(() -> ReportFile.prepare(file, file))
			.withMessageContaining("it is the input");
	}

	static class Unwritable {

		public String getValue() {
			throw new IllegalStateException("unwritable");
		}

	}

}
