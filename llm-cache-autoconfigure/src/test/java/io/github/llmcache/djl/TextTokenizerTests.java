package io.github.llmcache.djl;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TextTokenizer}.
 */
class TextTokenizerTests {

	static {
		DjlEnvironment.prepare();
	}

	@Test
	void bundledTokenizerIsInMemoryOnce() throws Exception {
		try (TextTokenizer one = TextTokenizer.bundled(); TextTokenizer other = TextTokenizer.bundled()) {
			assertThat(one.sharesWith(other)).isTrue();
		}
	}

	@Test
	void bundledTokenizerIsThereUntilAllHaveClosedIt() throws Exception {
		try (TextTokenizer one = TextTokenizer.bundled()) {
			TextTokenizer other = TextTokenizer.bundled();
			other.close();
			other.close();
			assertThat(one.count("How do I turn on dark mode?")).isEqualTo(8);
		}
		try (TextTokenizer again = TextTokenizer.bundled()) {
			assertThat(again.count("How do I turn on dark mode?")).isEqualTo(8);
		}
	}

	@Test
	void tokenizerOfAFileIsItsOwn(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("tokenizer.json");
		try (InputStream content = getClass().getClassLoader()
			.getResourceAsStream(DjlTextEmbedder.BUNDLED + "tokenizer.json")) {
			Files.copy(content, file);
		}
		try (TextTokenizer own = TextTokenizer.of(file); TextTokenizer bundled = TextTokenizer.bundled()) {
			assertThat(own.sharesWith(bundled)).isFalse();
			assertThat(own.encode("How do I", "turn on").getIds())
				.isEqualTo(bundled.encode("How do I", "turn on").getIds());
		}
	}

}
