package io.github.llmcache.djl;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DjlTokenCounter}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DjlTokenCounterTests {

	@Test
	void tokensOfTheBundledTokenizerAreCounted() {
		try (DjlTokenCounter counter = new DjlTokenCounter(null)) {
			assertThat(counter.count("")).isZero();
			assertThat(counter.count("How do I turn on dark mode?")).isEqualTo(8);
			// beyond the window of the embedding model
			assertThat(counter.count("word ".repeat(1_000))).isEqualTo(1_000);
		}
	}

	@Test
	void withoutATokenizerTokensAreCountedByLength(@TempDir Path empty, CapturedOutput output) {
		try (DjlTokenCounter counter = new DjlTokenCounter(empty)) {
			assertThat(counter.count("12345678")).isEqualTo(2);
			assertThat(counter.count("12345678")).isEqualTo(2);
			assertThat(output).containsOnlyOnce("the tokenizer cannot be loaded");
		}
	}

	@Test
	void closedCounterCountsByLength() {
		DjlTokenCounter counter = new DjlTokenCounter(null);
		counter.count("word");
		counter.close();
		counter.close();
		assertThat(counter.count("12345678")).isEqualTo(2);
	}

}
