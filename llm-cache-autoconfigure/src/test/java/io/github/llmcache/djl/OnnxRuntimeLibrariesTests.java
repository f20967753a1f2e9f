package io.github.llmcache.djl;

import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class OnnxRuntimeLibrariesTests {

	private static final String RUNTIME = System.mapLibraryName("onnxruntime").replace("jnilib", "dylib");

	private static final String JNI = System.mapLibraryName("onnxruntime4j_jni").replace("jnilib", "dylib");

	private static final String PROVIDERS = System.mapLibraryName("onnxruntime_providers_shared")
		.replace("jnilib", "dylib");

	private static final Map<String, String> LIBRARIES = Map.of(RUNTIME, "runtime", JNI, "binding");

	@TempDir
	private Path directory;

	private final Properties properties = properties();

	@Test
	void areUnpackedFromAJarAndGivenToOnnxRuntime() throws Exception {
		Path unpacked = prepare(jar("one.jar", LIBRARIES));
		assertThat(unpacked).hasParent(this.directory.resolve("cache/onnxruntime"));
		assertThat(unpacked.resolve(RUNTIME)).hasContent("runtime");
		assertThat(unpacked.resolve(JNI)).hasContent("binding");
		assertThat(names(unpacked)).containsExactlyInAnyOrder(RUNTIME, JNI);
	}

	@Test
	void theSameLibrariesOfAnotherJarOrADirectoryAreUnpackedOnce() throws Exception {
		Path unpacked = prepare(jar("one.jar", LIBRARIES));
		Object modified = Files.getLastModifiedTime(unpacked.resolve(RUNTIME));
		assertThat(prepare(jar("other.jar", LIBRARIES))).isEqualTo(unpacked);
		Path classes = Files.createDirectories(this.directory.resolve("classes/ai/onnxruntime/native/linux-x64"));
		Files.writeString(classes.resolve(RUNTIME), "runtime");
		Files.writeString(classes.resolve(JNI), "binding");
		assertThat(prepare(this.directory.resolve("classes").toUri().toURL())).isEqualTo(unpacked);
		assertThat(Files.getLastModifiedTime(unpacked.resolve(RUNTIME))).isEqualTo(modified);
	}

	@Test
	void otherLibrariesAreUnpackedBeside() throws Exception {
		Path unpacked = prepare(jar("one.jar", LIBRARIES));
		Path others = prepare(jar("other.jar", Map.of(RUNTIME, "RUNTIME", JNI, "binding")));
		assertThat(others).isNotEqualTo(unpacked).hasParent(unpacked.getParent());
	}

	@Test
	void whatWasLeftIncompleteIsUnpackedAgain() throws Exception {
		URL jar = jar("one.jar", LIBRARIES);
		Path unpacked = prepare(jar);
		Files.writeString(unpacked.resolve(RUNTIME), "run");
		assertThat(prepare(jar)).isEqualTo(unpacked);
		assertThat(unpacked.resolve(RUNTIME)).hasContent("runtime");
	}

	@Test
	void settingsOfTheUserAreKept() throws Exception {
		this.properties.setProperty("onnxruntime.native.onnxruntime.path", "/opt/libonnxruntime.so");
		assertThat(prepare(jar("one.jar", LIBRARIES))).isNull();
	}

	@Test
	void librariesForAGpuAreLeftToOnnxRuntime() throws Exception {
		assertThat(prepare(jar("gpu.jar", Map.of(RUNTIME, "runtime", JNI, "binding", PROVIDERS, "providers"))))
			.isNull();
	}

	@Test
	void anUnknownPlatformIsLeftToOnnxRuntime() throws Exception {
		this.properties.setProperty("os.arch", "riscv64");
		assertThat(prepare(jar("one.jar", LIBRARIES))).isNull();
	}

	@Test
	void aCacheThatCannotBeWrittenIsLeftToOnnxRuntime() throws Exception {
		Files.createFile(this.directory.resolve("cache"));
		assertThat(prepare(jar("one.jar", LIBRARIES))).isNull();
	}

	private Path prepare(URL libraries) throws Exception {
		this.properties.remove(OnnxRuntimeLibraries.PATH);
		try (URLClassLoader classLoader = new URLClassLoader(new URL[] { libraries }, null)) {
			OnnxRuntimeLibraries.prepare(this.directory.resolve("cache"), this.properties, classLoader);
		}
		String path = this.properties.getProperty(OnnxRuntimeLibraries.PATH);
		return (path != null) ? Path.of(path) : null;
	}

	private URL jar(String name, Map<String, String> libraries) throws Exception {
		Path jar = this.directory.resolve(name);
		try (OutputStream file = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(file)) {
			for (Map.Entry<String, String> library : libraries.entrySet()) {
				entries.putNextEntry(new ZipEntry("ai/onnxruntime/native/linux-x64/" + library.getKey()));
				entries.write(library.getValue().getBytes(StandardCharsets.UTF_8));
			}
		}
		return jar.toUri().toURL();
	}

	private static Properties properties() {
		Properties properties = new Properties();
		properties.setProperty("os.name", "Linux");
		properties.setProperty("os.arch", "amd64");
		return properties;
	}

	private static List<String> names(Path directory) throws Exception {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

}
