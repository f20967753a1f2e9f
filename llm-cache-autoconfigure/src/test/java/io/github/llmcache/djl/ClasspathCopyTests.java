package io.github.llmcache.djl;

import java.io.FileNotFoundException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ClasspathCopy}.
 */
class ClasspathCopyTests {

	private static final String OPTIONS = "pooling=mean,normalize";

	@TempDir
	Path classpath;

	@BeforeEach
	void addModel() throws Exception {
		Files.createDirectories(this.classpath.resolve("model"));
		// CRC-32 of the text "123456789" is cbf43926
		write(Map.of("model.onnx", "123456789", "tokenizer.json", "123456789", "fingerprint.properties", """
				options=pooling=mean,normalize
				model.onnx=cbf43926
				tokenizer.json=cbf43926
				fingerprint=0123456789abcdef01234567
				"""));
	}

	@Test
	void theBundledModelHasARecordedFingerprint() throws Exception {
		try (ClasspathCopy copy = ClasspathCopy.create(DjlTextEmbedder.BUNDLED, getClass().getClassLoader())) {
			copy.add("model.onnx");
			assertThat(copy.recordedFingerprint(OPTIONS)).hasSize(24);
			assertThat(copy.recordedFingerprint("pooling=cls,normalize")).isNull();
		}
	}

	@Test
	void recordHoldsForTheFilesThatItIsOf() throws Exception {
		assertThat(recordedFingerprint(OPTIONS)).isEqualTo("0123456789abcdef01234567");
		assertThat(recordedFingerprint("pooling=cls,normalize")).isNull();
	}

	@Test
	void recordDoesNotHoldForOtherFiles() throws Exception {
		write(Map.of("tokenizer.json", "another"));
		assertThat(recordedFingerprint(OPTIONS)).isNull();
		addModel();
		write(Map.of("model.onnx", "another"));
		assertThat(recordedFingerprint(OPTIONS)).isNull();
	}

	@Test
	void filesAreCopiedAndDeleted() throws Exception {
		Path path;
		try (ClasspathCopy copy = copy()) {
			path = copy.path();
			copy.add("model.onnx");
			assertThat(path.resolve("model.onnx")).hasContent("123456789");
			assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> copy.add("missing"))
				.withMessageContaining("missing");
		}
		assertThat(path).doesNotExist();
	}

	private String recordedFingerprint(String options) throws Exception {
		try (ClasspathCopy copy = copy()) {
			copy.add("model.onnx");
			return copy.recordedFingerprint(options);
		}
	}

	private ClasspathCopy copy() throws Exception {
		return ClasspathCopy.create("model/", new URLClassLoader(new URL[] { this.classpath.toUri().toURL() }, null));
	}

	private void write(Map<String, String> files) throws Exception {
		for (Map.Entry<String, String> file : files.entrySet()) {
			Files.writeString(this.classpath.resolve("model").resolve(file.getKey()), file.getValue());
		}
	}

}
