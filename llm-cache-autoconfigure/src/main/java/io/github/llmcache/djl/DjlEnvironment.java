package io.github.llmcache.djl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * Settings that have to be in place before the first class of Deep Java Library (DJL) is
 * initialised; nothing in here refers to one.
 * <p>
 * Each is a system property, set only where neither an environment variable nor a system
 * property of the user says otherwise:
 * <ul>
 * <li>{@code OPT_OUT_TRACKING=true}: DJL asks the cloud's metadata address and sends
 * telemetry otherwise;</li>
 * <li>{@code RUST_FLAVOR=cpu}: on a machine with a GPU the tokenizer would download
 * another native library than the one in its jar;</li>
 * <li>{@code ai.djl.onnx.disable_alternative=true}: with DJL's PyTorch engine on the
 * classpath too, ONNX Runtime would start it, and that downloads its native
 * libraries;</li>
 * <li>{@code ENGINE_CACHE_DIR}: native libraries are unpacked to {@code ~/.djl.ai}; where
 * that cannot be written, to a private temporary directory that is deleted on exit.</li>
 * </ul>
 */
final class DjlEnvironment {

	private DjlEnvironment() {
	}

	static synchronized void prepare() {
		Path temporary = prepare(System.getenv(), System.getProperties());
		if (temporary != null) {
			Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(temporary), "llm-cache-djl-cleanup"));
		}
	}

	static @Nullable Path prepare(Map<String, String> environment, Properties properties) {
		if (!environment.containsKey("OPT_OUT_TRACKING")) {
			properties.putIfAbsent("OPT_OUT_TRACKING", "true");
		}
		if (!environment.containsKey("RUST_FLAVOR")) {
			properties.putIfAbsent("RUST_FLAVOR", "cpu");
		}
		properties.putIfAbsent("ai.djl.onnx.disable_alternative", "true");
		if (isCacheConfigured(environment, properties) || canUnpack(Path.of(properties.getProperty("user.home")))) {
			return null;
		}
		Path temporary = createTemporaryDirectory();
		properties.setProperty("ENGINE_CACHE_DIR", temporary.toString());
		return temporary;
	}

	private static boolean isCacheConfigured(Map<String, String> environment, Properties properties) {
		for (String name : new String[] { "ENGINE_CACHE_DIR", "DJL_CACHE_DIR" }) {
			if (environment.containsKey(name) || properties.containsKey(name)) {
				return true;
			}
		}
		return false;
	}

	private static boolean canUnpack(Path home) {
		Path cache = home.resolve(".djl.ai");
		Path tokenizers = cache.resolve("tokenizers");
		for (Path directory : new Path[] { tokenizers, cache, home }) {
			if (Files.exists(directory)) {
				return Files.isDirectory(directory) && Files.isWritable(directory);
			}
		}
		return false;
	}

	private static Path createTemporaryDirectory() {
		try {
			return Files.createTempDirectory("llm-cache-djl");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			// the operating system cleans its temporary directory
		}
	}

}
