package io.github.llmcache.sample.command;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a file with one JSON object on each line, plain or compressed by gzip, which the
 * first bytes of the file show. Blank lines are left out.
 */
final class JsonLines {

	private static final int GZIP_MAGIC_1 = 0x1f;

	private static final int GZIP_MAGIC_2 = 0x8b;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final Path file;

	private long number;

	private JsonLines(Path file) {
		this.file = file;
	}

	/**
	 * Read all lines.
	 * @param <T> what a line becomes
	 * @param file the file
	 * @param parser turns a line into an object
	 * @return the objects, in order; not empty
	 * @throws CommandException if the file or one of its lines cannot be read
	 */
	static <T> List<T> read(Path file, Function<JsonLine, T> parser) {
		return new JsonLines(file).read(parser);
	}

	/**
	 * Check that a file can be read, without reading it.
	 * @param file the file
	 * @throws CommandException if it is not there or not a file
	 */
	static void requireFile(Path file) {
		if (!Files.exists(file)) {
			throw JsonLine.error(file, null, "no such file");
		}
		if (Files.isDirectory(file)) {
			throw JsonLine.error(file, null, "is a directory, not a file");
		}
		if (!Files.isReadable(file)) {
			throw JsonLine.error(file, null, "is not readable");
		}
	}

	private <T> List<T> read(Function<JsonLine, T> parser) {
		requireFile(this.file);
		List<T> objects = new ArrayList<>();
		try (InputStream in = open()) {
			for (byte[] line = nextLine(in); line != null; line = nextLine(in)) {
				this.number++;
				String text = decode(line);
				if (!text.isBlank()) {
					objects.add(parser.apply(new JsonLine(this.file, this.number, parse(text))));
				}
			}
		}
		catch (EOFException | ZipException ex) {
			throw JsonLine.error(this.file, this.number + 1, "not a complete gzip file");
		}
		catch (IOException ex) {
			throw JsonLine.error(this.file, null, "cannot be read (" + ex.getClass().getSimpleName() + ")");
		}
		if (objects.isEmpty()) {
			throw JsonLine.error(this.file, null, "is empty");
		}
		return objects;
	}

	private InputStream open() throws IOException {
		InputStream in = new BufferedInputStream(Files.newInputStream(this.file));
		try {
			in.mark(2);
			boolean gzip = in.read() == GZIP_MAGIC_1 && in.read() == GZIP_MAGIC_2;
			in.reset();
			return gzip ? new BufferedInputStream(new GZIPInputStream(in)) : in;
		}
		catch (IOException ex) {
			in.close();
			throw ex;
		}
	}

	private byte @Nullable [] nextLine(InputStream in) throws IOException {
		int next = in.read();
		if (next < 0) {
			return null;
		}
		ByteArrayOutputStream line = new ByteArrayOutputStream(256);
		while (next >= 0 && next != '\n') {
			line.write(next);
			next = in.read();
		}
		return line.toByteArray();
	}

	private String decode(byte[] line) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
			return (this.number == 1 && text.startsWith("\ufeff")) ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw JsonLine.error(this.file, this.number, "not a text in UTF-8");
		}
	}

	private JsonNode parse(String line) {
		JsonNode node;
		try {
			node = JSON.readTree(line);
		}
		catch (JacksonException ex) {
			throw JsonLine.error(this.file, this.number, "not valid JSON: " + message(ex));
		}
		if (!node.isObject()) {
			throw JsonLine.error(this.file, this.number, "not a JSON object");
		}
		return node;
	}

	private static String message(JacksonException ex) {
		String message = ex.getOriginalMessage();
		return (message != null) ? message.lines().findFirst().orElse("").replaceAll(" \\(.*\\[Source:.*", "") : "";
	}

}
