package io.github.llmcache.djl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.llmcache.embedding.EmbeddingModelException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SupportedPlatformTests {

	private static final String GLIBC = "7f1c2a000000-7f1c2a021000 r-xp 00000000 08:01 42 "
			+ "/usr/lib/x86_64-linux-gnu/libc.so.6\n";

	private static final String MUSL = "7f1c2a000000-7f1c2a056000 r-xp 00000000 08:01 42 /lib/ld-musl-x86_64.so.1\n";

	@TempDir
	private Path directory;

	@Test
	void muslIsRefusedInOneSentenceWithARemedy() throws Exception {
		SupportedPlatform platform = platform(GLIBC + MUSL, Map.of());
		assertThatExceptionOfType(EmbeddingModelException.class).isThrownBy(() -> platform.check("classpath:model/"))
			.satisfies((ex) -> {
				assertThat(ex.getProblem()).isEqualTo(
						"Embedding model 'classpath:model/': this JVM runs on musl (Alpine), and ONNX Runtime and "
								+ "the tokenizer need glibc.");
				assertThat(ex.getRemedy()).contains("Debian", "llm-cache.semantic.enabled");
			});
	}

	@Test
	void glibcIsAccepted() throws Exception {
		SupportedPlatform platform = platform(GLIBC, Map.of());
		assertThatNoException().isThrownBy(() -> platform.check("model"));
	}

	@Test
	void whereThereIsNothingToReadNothingIsRefused() {
		SupportedPlatform platform = new SupportedPlatform(this.directory.resolve("none"), Map.of(), new Properties());
		assertThatNoException().isThrownBy(() -> platform.check("model"));
	}

	@Test
	void librariesOfTheUserAreTried() throws Exception {
		SupportedPlatform platform = platform(MUSL, Map.of("RUST_LIBRARY_PATH", "/opt/musl"));
		assertThatNoException().isThrownBy(() -> platform.check("model"));
	}

	private SupportedPlatform platform(String maps, Map<String, String> environment) throws Exception {
		return new SupportedPlatform(Files.writeString(this.directory.resolve("maps"), maps), environment,
				new Properties());
	}

}
