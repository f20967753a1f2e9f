package io.github.llmcache.djl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

import org.jspecify.annotations.Nullable;

/**
 * Unpacks the native libraries of ONNX Runtime once to the directory that the tokenizer's
 * are unpacked to, and has them loaded from there. ONNX Runtime itself unpacks them at
 * each start to a temporary directory, which stays behind with 20 MB when the JVM is
 * killed.
 * <p>
 * Unpacking is left to ONNX Runtime if the user has set any of its properties, if
 * libraries for a GPU are on the classpath, or if there are none for this platform.
 */
final class OnnxRuntimeLibraries {

	static final String PATH = "onnxruntime.native.path";

	private static final String RESOURCES = "ai/onnxruntime/native/";

	private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

	private static final String NAME_WITH_PROVIDERS = "onnxruntime_providers_shared";

	private OnnxRuntimeLibraries() {
	}

	static void prepare(Path cache, Properties properties, ClassLoader classLoader) {
		if (properties.stringPropertyNames().stream().anyMatch((name) -> name.startsWith("onnxruntime.native."))) {
			return;
		}
		String platform = platform(properties);
		try {
			List<Library> libraries = find(RESOURCES + platform + "/", classLoader);
			if (!libraries.isEmpty()) {
				Path directory = cache.resolve("onnxruntime").resolve(platform + "-" + checksum(libraries));
				Files.createDirectories(directory);
				for (Library library : libraries) {
					library.unpack(directory);
				}
				properties.setProperty(PATH, directory.toString());
			}
		}
		catch (IOException ex) {
			// ONNX Runtime unpacks them itself, or says why it cannot
		}
	}

	/**
	 * The name that ONNX Runtime has for this platform.
	 */
	private static String platform(Properties properties) {
		String system = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT);
		String processor = properties.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
		String name = (system.contains("mac") || system.contains("darwin")) ? "osx"
				: (system.contains("win") ? "win" : "linux");
		return name + "-" + ((processor.equals("amd64") || processor.equals("x86_64")) ? "x64" : processor);
	}

	private static List<Library> find(String resources, ClassLoader classLoader) throws IOException {
		if (classLoader.getResource(resources + fileName(NAME_WITH_PROVIDERS)) != null) {
			return List.of();
		}
		List<Library> libraries = new ArrayList<>();
		for (String name : NAMES) {
			URL url = classLoader.getResource(resources + fileName(name));
			if (url == null) {
				return List.of();
			}
			libraries.add(Library.of(fileName(name), url));
		}
		return libraries;
	}

	private static String fileName(String library) {
		return System.mapLibraryName(library).replace("jnilib", "dylib");
	}

	private static String checksum(List<Library> libraries) {
		StringBuilder checksum = new StringBuilder();
		libraries.forEach((library) -> checksum.append(String.format(Locale.ROOT, "%08x", library.checksum())));
		return checksum.toString();
	}

	private record Library(String fileName, URL url, long size, long checksum) {

		static Library of(String fileName, URL url) throws IOException {
			URLConnection connection = open(url);
			try (InputStream content = connection.getInputStream()) {
				if (connection instanceof JarURLConnection jar) {
					// both are in the jar's directory, so that nothing is read
					return new Library(fileName, url, jar.getJarEntry().getSize(), jar.getJarEntry().getCrc());
				}
				CheckedInputStream checked = new CheckedInputStream(content, new CRC32());
				long size = checked.transferTo(OutputStream.nullOutputStream());
				return new Library(fileName, url, size, checked.getChecksum().getValue());
			}
		}

		private static URLConnection open(URL url) throws IOException {
			URLConnection connection = url.openConnection();
			connection.setUseCaches(false);
			return connection;
		}

		// several JVMs may start at once: each moves a complete file into place
		void unpack(Path directory) throws IOException {
			Path file = directory.resolve(this.fileName);
			if (Files.isRegularFile(file) && Files.size(file) == this.size) {
				return;
			}
			Path incomplete = null;
			try (InputStream content = open(this.url).getInputStream()) {
				incomplete = Files.createTempFile(directory, this.fileName, ".incomplete");
				Files.copy(content, incomplete, StandardCopyOption.REPLACE_EXISTING);
				Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
			finally {
				deleteIfThere(incomplete);
			}
		}

		private static void deleteIfThere(@Nullable Path file) throws IOException {
			if (file != null) {
				Files.deleteIfExists(file);
			}
		}

	}

}
