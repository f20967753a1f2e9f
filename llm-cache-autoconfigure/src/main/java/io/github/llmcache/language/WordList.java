package io.github.llmcache.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads word lists: one rule a line; lines that begin with a # are comments.
 */
public final class WordList {

	private WordList() {
	}

	/**
	 * The rules of a list.
	 * @param beside a class that the list lies beside
	 * @param name the name of its file
	 * @return the lines that are neither empty nor comments, without blanks around them
	 */
	public static List<String> lines(Class<?> beside, String name) {
		try (InputStream stream = beside.getResourceAsStream(name)) {
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
