package io.github.llmcache.audit;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The text files that lie beside these classes.
 */
final class Resources {

	private Resources() {
	}

	static BufferedReader open(String name) {
		InputStream stream = Resources.class.getResourceAsStream(name);
		if (stream == null) {
			throw new IllegalStateException("Resource '" + name + "' is missing");
		}
		return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
	}

}
