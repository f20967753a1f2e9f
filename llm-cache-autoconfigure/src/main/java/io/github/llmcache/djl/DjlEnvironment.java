package io.github.llmcache.djl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * Settings that have to be in place before the first class of Deep Java Library (DJL) is
 * initialised; nothing in here refers to one.
 * <p>
 * Each is a system property, set only where neither an environment variable nor a system
 * property of the user says otherwise:
 * <ul>
 * <li>{@code OPT_OUT_TRACKING=true}: otherwise DJL asks the cloud's metadata address and
 * sends telemetry;</li>
 * <li>{@code RUST_FLAVOR=cpu}: on a machine with a GPU the tokenizer would download
 * another native library than the one in its jar;</li>
 * <li>{@code ai.djl.onnx.disable_alternative=true}: with DJL's PyTorch engine on the
 * classpath too, ONNX Runtime would start it, and that downloads its native
 * libraries;</li>
 * <li>{@code ENGINE_CACHE_DIR}: native libraries are unpacked to {@code ~/.djl.ai}; where
 * that cannot be written, to a private temporary directory that is deleted on exit, or by
 * the next JVM if this one is killed;</li>
 * <li>{@code onnxruntime.native.path}: ONNX Runtime's are unpacked to the same
 * directory.</li>
 * </ul>
 */
final class DjlEnvironment {

	private DjlEnvironment() {
	}

	static synchronized void prepare() {
		Properties properties = System.getProperties();
		PrivateDirectory temporary = prepare(System.getenv(), properties);
		if (temporary != null) {
			Runtime.getRuntime().addShutdownHook(new Thread(temporary::close, "llm-cache-djl-cleanup"));
		}
		OnnxRuntimeLibraries.prepare(cache(System.getenv(), properties), properties,
				DjlEnvironment.class.getClassLoader());
	}

	static @Nullable PrivateDirectory prepare(Map<String, String> environment, Properties properties) {
		if (!environment.containsKey("OPT_OUT_TRACKING")) {
			properties.putIfAbsent("OPT_OUT_TRACKING", "true");
		}
		if (!environment.containsKey("RUST_FLAVOR")) {
			properties.putIfAbsent("RUST_FLAVOR", "cpu");
		}
		properties.putIfAbsent("ai.djl.onnx.disable_alternative", "true");
		if (configuredCache(environment, properties) != null || canUnpack(home(properties))) {
			return null;
		}
		PrivateDirectory temporary = createTemporaryDirectory(Path.of(properties.getProperty("java.io.tmpdir")));
		properties.setProperty("ENGINE_CACHE_DIR", temporary.path().toString());
		return temporary;
	}

	/**
	 * Where native libraries are unpacked to, as DJL finds it.
	 */
	private static Path cache(Map<String, String> environment, Properties properties) {
		String configured = configuredCache(environment, properties);
		return (configured != null) ? Path.of(configured) : home(properties).resolve(".djl.ai");
	}

	private static @Nullable String configuredCache(Map<String, String> environment, Properties properties) {
		for (String name : new String[] { "ENGINE_CACHE_DIR", "DJL_CACHE_DIR" }) {
			String value = environment.getOrDefault(name, properties.getProperty(name));
			if (value != null) {
				return value;
			}
		}
		return null;
	}

	private static Path home(Properties properties) {
		return Path.of(properties.getProperty("user.home"));
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

	private static PrivateDirectory createTemporaryDirectory(Path parent) {
		try {
			return PrivateDirectory.create(parent, "djl");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
