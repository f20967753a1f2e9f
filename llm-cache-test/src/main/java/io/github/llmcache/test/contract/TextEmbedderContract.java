package io.github.llmcache.test.contract;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import io.github.llmcache.embedding.TextEmbedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What every {@link TextEmbedder} must keep.
 */
public abstract class TextEmbedderContract {

	private static final List<String> TEXTS = List.of("How do I reset my password?", "What is the capital of France?",
			"Write a contract for the delivery of twelve chairs to an office in Hamburg by the end of May.",
			"Summarise this meeting in three sentences", "How do I turn on dark mode?");

	/**
	 * The embedder under test; may be the same for every test.
	 * @return an embedder that is open
	 */
	protected abstract TextEmbedder embedder();

	/**
	 * A text that is longer than the embedder's window, by little.
	 * @return the text, or an empty one if there is no window
	 */
	protected abstract String tooLong();

	@Test
	void everyVectorHasLengthOne() {
		for (String text : TEXTS) {
			float[] vector = embed(text);
			assertThat(Math.sqrt(dot(vector, vector))).isCloseTo(1, within(1e-5));
		}
	}

	@Test
	void everyVectorHasTheDimensions() {
		assertThat(embedder().dimensions()).isPositive();
		for (String text : TEXTS) {
			assertThat(embedder().embed(text)).hasSize(embedder().dimensions());
		}
	}

	@Test
	void theSameTextGivesTheSameVector() {
		for (String text : TEXTS) {
			assertThat(embedder().embed(text)).isEqualTo(embedder().embed(text));
		}
	}

	@Test
	void aTextLongerThanTheWindowGivesNull() {
		if (!tooLong().isEmpty()) {
			assertThat(embedder().embed(tooLong())).isNull();
			assertThat(embedder().embed(tooLong().repeat(1000))).isNull();
		}
	}

	@Test
	void theFingerprintIsShortAndDoesNotChange() {
		assertThat(embedder().fingerprint()).isNotBlank().hasSizeLessThan(200).isEqualTo(embedder().fingerprint());
	}

	@Test
	void eightThreadsGetTheVectorsThatOneGets() throws Exception {
		List<float[]> expected = TEXTS.stream().map(embedder()::embed).toList();
		List<List<float[]>> vectors = Concurrently.call(8, () -> {
			for (int i = 0; i < 3; i++) {
				TEXTS.forEach(embedder()::embed);
			}
			return TEXTS.stream().map(embedder()::embed).toList();
		});
		assertThat(vectors).allSatisfy((mine) -> assertThat(mine).usingRecursiveComparison().isEqualTo(expected));
	}

	@ParameterizedTest
	@FieldSource("io.github.llmcache.test.contract.Texts#ODD")
	void anOddTextDoesNotThrow(String text) {
		float[] vector = embed(text);
		assertThat(vector).hasSize(embedder().dimensions());
		assertThat(Math.sqrt(dot(vector, vector))).isCloseTo(1, within(1e-5));
	}

	private float[] embed(String text) {
		float[] vector = embedder().embed(text);
		assertThat(vector).as("vector of <%s>", text).isNotNull();
		return Objects.requireNonNull(vector);
	}

	protected static double dot(float[] left, float[] right) {
		double sum = 0;
		for (int i = 0; i < left.length; i++) {
			sum += (double) left[i] * right[i];
		}
		return sum;
	}

}
