package io.github.llmcache.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import io.github.llmcache.embedding.EmbeddingModelException;

/**
 * Refuses a platform that is not supported before a native library built for another one
 * is loaded, which may crash the JVM.
 */
final class SupportedPlatform {

	/** What Linux has mapped into this process. */
	private static final Path MAPS = Path.of("/proc/self/maps");

	/**
	 * Names, for DJL, a native library of the tokenizer that replaces the one in the jar.
	 */
	private static final String TOKENIZER = "RUST_LIBRARY_PATH";

	private final Path maps;

	private final Map<String, String> environment;

	private final Properties properties;

	SupportedPlatform() {
		this(MAPS, System.getenv(), System.getProperties());
	}

	SupportedPlatform(Path maps, Map<String, String> environment, Properties properties) {
		this.maps = maps;
		this.environment = environment;
		this.properties = properties;
	}

	/**
	 * Check that this JVM can load the native libraries of the jars.
	 * @param model where the model that needs them is
	 */
	void check(String model) {
		if (isMusl() && !hasTokenizerOfTheUser()) {
			throw new EmbeddingModelException(model,
					"this JVM runs on musl (Alpine), and ONNX Runtime and the tokenizer need glibc",
					"Use an image with glibc, such as Debian or Ubuntu, or set 'llm-cache.semantic.enabled' to false.");
		}
	}

	private boolean hasTokenizerOfTheUser() {
		return this.environment.containsKey(TOKENIZER) || this.properties.containsKey(TOKENIZER);
	}

	private boolean isMusl() {
		try (Stream<String> lines = Files.lines(this.maps)) {
			return lines.anyMatch((line) -> line.contains("/ld-musl-"));
		}
		catch (IOException ex) {
			return false; // not Linux
		}
	}

}
