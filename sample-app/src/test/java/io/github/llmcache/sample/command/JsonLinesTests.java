package io.github.llmcache.sample.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JsonLines}.
 */
class JsonLinesTests {

	private static final String GOOD = "{\"name\": \"où\", \"label\": 1}\n";

	@TempDir
	Path directory;

	@Test
	void plainFileIsRead() throws IOException {
		assertThat(names(write(GOOD + GOOD))).containsExactly("où", "où");
	}

	@Test
	void compressedFileIsToldFromItsContent() throws IOException {
		assertThat(names(write(gzip(GOOD + GOOD)))).containsExactly("où", "où");
	}

	@Test
	void lastLineNeedsNoEnd() throws IOException {
		assertThat(names(write(GOOD.strip()))).containsExactly("où");
	}

	@Test
	void blankLinesAndByteOrderMarkAreLeftOut() throws IOException {
		assertThat(names(write("\ufeff" + GOOD + "\n  \r\n" + GOOD))).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			{"label": 1}                       | field 'name' is missing
			{"name": null, "label": 1}         | field 'name' must be a text, not of type null
			{"name": 3, "label": 1}            | field 'name' must be a text, not 3
			{"name": " ", "label": 1}          | field 'name' must not be blank
			{"name": "a"}                      | field 'label' is missing
			{"name": "a", "label": 2}          | field 'label' must be 0 or 1, not 2
			{"name": "a", "label": "1"}        | field 'label' must be 0 or 1, not of type string
			["a"]                              | not a JSON object
			{"name": "a", "name": "b"}         | not valid JSON: Duplicate Object property "name"
			{"name": "a", "label": 1} {}       | not valid JSON: Trailing token
			{"name": "a                        | not valid JSON: Unexpected end-of-input
			""", delimiter = '|')
	void badLineIsNamedWithFileLineAndField(String line, String problem) throws IOException {
		Path file = write(GOOD + line + "\n" + GOOD);
		assertThatExceptionOfType(CommandException.class).isThrownBy(() -> names(file))
			.withMessageStartingWith(file + ", line 2: " + problem)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n").doesNotContain("[Source"));
	}

	@Test
	void truncatedGzipIsNamedWithTheLine() throws IOException {
		byte[] gzip = gzip(GOOD.repeat(1000));
		Path file = write(Arrays.copyOf(gzip, gzip.length - 9));
		assertThatExceptionOfType(CommandException.class).isThrownBy(() -> names(file))
			.withMessageMatching(".*, line \\d+: not a complete gzip file");
	}

	@Test
	void damagedGzipIsAnError() throws IOException {
		byte[] gzip = gzip(GOOD);
		gzip[gzip.length - 8] ^= 1;
		Path file = write(gzip);
		assertThatExceptionOfType(CommandException.class).isThrownBy(() -> names(file))
			.withMessageContaining("not a complete gzip file");
	}

	@Test
	void textThatIsNotUtf8IsAnError() throws IOException {
		Path file = write(GOOD.getBytes(StandardCharsets.ISO_8859_1));
		assertThatExceptionOfType(CommandException.class).isThrownBy(() -> names(file))
			.withMessage(file + ", line 1: not a text in UTF-8");
	}

	@Test
	void emptyFileIsAnError() throws IOException {
		Path file = write("\n");
		assertThatExceptionOfType(CommandException.class).isThrownBy(() -> names(file))
			.withMessage(file + ": is empty");
	}

	@Test
	void missingFileIsAnError() {
		Path file = this.directory.resolve("none");
		assertThatExceptionOfType(CommandException.class).isThrownBy(() -> names(file))
			.withMessage(file + ": no such file");
	}

	@Test
	void directoryIsAnError() {
		assertThatExceptionOfType(CommandException.class).isThrownBy(() -> names(this.directory))
			.withMessage(this.directory + ": is a directory, not a file");
	}

	private static List<String> names(Path file) {
		return JsonLines.read(file, (line) -> {
			line.flag("label");
			return line.word("name");
		});
	}

	private Path write(String text) throws IOException {
		return write(text.getBytes(StandardCharsets.UTF_8));
	}

	private Path write(byte[] bytes) throws IOException {
		return Files.write(this.directory.resolve("input"), bytes);
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

}
