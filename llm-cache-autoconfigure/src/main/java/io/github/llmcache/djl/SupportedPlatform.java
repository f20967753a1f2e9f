package io.github.llmcache.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import io.github.llmcache.embedding.EmbeddingModelException;

/**
 * Says that a platform is not supported before a native library that is not made for it
 * is loaded, which may end the JVM.
 */
final class SupportedPlatform {

	/** What Linux has mapped into this process. */
	private static final Path MAPS = Path.of("/proc/self/maps");

	/**
	 * Of DJL: where the tokenizer's native library is, in place of the one in the jar.
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
	 * @param model where the model is that needs them
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
