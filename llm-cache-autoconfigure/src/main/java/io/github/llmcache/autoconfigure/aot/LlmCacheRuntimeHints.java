package io.github.llmcache.autoconfigure.aot;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Files that the library reads from the classpath: word lists, small models, scripts, and
 * the models and native libraries that the starter brings.
 */
class LlmCacheRuntimeHints implements RuntimeHintsRegistrar {

	private static final String[] FILES = { "io/github/llmcache/actuate/dashboard/*",
			"io/github/llmcache/language/*.txt", "io/github/llmcache/calibration/*",
			"io/github/llmcache/equivalence/*.model", "io/github/llmcache/store/redis/*.lua",
			"io/github/llmcache/models/**", "ai/onnxruntime/native/**", "native/lib/**" };

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		for (String files : FILES) {
			hints.resources().registerPattern(files);
		}
	}

}
