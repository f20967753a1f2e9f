package io.github.llmcache.calibration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the text files that lie beside these classes; lines that begin with a # are
 * comments.
 */
final class Resources {

	private Resources() {
	}

	static List<String> lines(String name) {
		try (InputStream stream = Resources.class.getResourceAsStream(name)) {
			if (stream == null) {
				throw new IllegalStateException("Resource '" + name + "' is missing");
			}
			BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
			return reader.lines().filter((line) -> !line.startsWith("#")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Resource '" + name + "' cannot be read", ex);
		}
	}

}
