package io.github.llmcache.test.contract;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.cost.TokenCounter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link TokenCounter} must keep.
 */
public abstract class TokenCounterContract {

	private static final String TEXT = "How do I turn on dark mode, and keep it on after a restart? ";

	/**
	 * The counter under test; may be the same for every test.
	 * @return a counter
	 */
	protected abstract TokenCounter counter();

	@Test
	void sentenceHasSomeTokensAndNotMoreThanLetters() {
		assertThat(counter().count(TEXT)).isBetween(1L, (long) TEXT.length());
	}

	@Test
	void numberIsNeverNegative() {
		assertThat(counter().count("")).isNotNegative();
		assertThat(Texts.ODD).allSatisfy((text) -> assertThat(counter().count(text)).isNotNegative());
	}

	@Test
	void longTextIsCountedToItsEnd() {
		long once = counter().count(TEXT);
		assertThat(counter().count(TEXT.repeat(1_000))).isBetween(500 * once, 2_000 * once);
	}

	@Test
	void numberIsTheSameEachTime() {
		assertThat(counter().count(TEXT)).isEqualTo(counter().count(TEXT));
	}

	@Test
	void manyThreadsCountWhatOneCounts() throws Exception {
		TokenCounter counter = counter();
		List<Long> alone = count(counter);
		assertThat(Concurrently.call(4, () -> count(counter))).containsOnly(alone);
	}

	private static List<Long> count(TokenCounter counter) {
		return IntStream.range(1, 50).mapToObj((i) -> counter.count(TEXT.repeat(i))).toList();
	}

}
