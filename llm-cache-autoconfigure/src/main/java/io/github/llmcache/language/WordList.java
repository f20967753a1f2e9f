package io.github.llmcache.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the word lists that lie beside this class: one rule a line, comments after a #.
 */
final class WordList {

	private WordList() {
	}

	static List<String> lines(String name) {
		try (InputStream stream = WordList.class.getResourceAsStream(name)) {
			if (stream == null) {
				throw new IllegalStateException("Word list '" + name + "' is missing");
			}
			BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
			return reader.lines()
				.map(String::strip)
				.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Word list '" + name + "' cannot be read", ex);
		}
	}

	static List<String> words(String line) {
		String stripped = line.strip();
		return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
	}

}
