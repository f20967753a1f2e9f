package io.github.llmcache.test.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import io.github.llmcache.verify.ParaphraseModel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link ParaphraseModel} must keep.
 */
public abstract class ParaphraseModelContract {

	private static final List<String> PROMPTS = List.of("How do I turn on dark mode?", "how can i turn dark mode on",
			"What is the capital of France?", "Summarise this meeting in three sentences", "Convert 5 km to miles");

	/**
	 * The model under test; may be the same for every test.
	 * @return a model that is open
	 */
	protected abstract ParaphraseModel model();

	/**
	 * A prompt that is longer than the model can read, by little.
	 * @return the prompt, or an empty one if the model can read everything
	 */
	protected abstract String tooLong();

	@Test
	void probabilityIsBetweenZeroAndOne() {
		for (String prompt : PROMPTS) {
			for (String cachedPrompt : PROMPTS) {
				assertThat(model().probability(prompt, cachedPrompt)).as("%s, %s", prompt, cachedPrompt)
					.isNotNull()
					.isStrictlyBetween(0.0, 1.0);
			}
		}
	}

	@Test
	void promptIsMoreProbablyItselfThanAnythingElse() {
		for (String prompt : PROMPTS) {
			for (String other : PROMPTS.subList(2, PROMPTS.size())) {
				if (!prompt.equals(other)) {
					assertThat(probability(prompt, prompt)).as("%s, %s", prompt, other)
						.isGreaterThan(probability(prompt, other))
						.isGreaterThan(probability(other, prompt));
				}
			}
		}
	}

	@Test
	void anotherWordingIsMoreProbableThanAnotherQuestion() {
		assertThat(probability(PROMPTS.get(0), PROMPTS.get(1)))
			.isGreaterThan(probability(PROMPTS.get(0), PROMPTS.get(2)))
			.isGreaterThan(probability(PROMPTS.get(3), PROMPTS.get(1)));
	}

	@Test
	void roughProbabilityTellsTheSameApart() {
		assertThat(roughProbability(PROMPTS.get(0), PROMPTS.get(1))).isBetween(0.02, 1.0)
			.isGreaterThan(roughProbability(PROMPTS.get(0), PROMPTS.get(2)))
			.isGreaterThan(roughProbability(PROMPTS.get(3), PROMPTS.get(1)));
	}

	@Test
	void promptThatIsTooLongGivesNull() {
		if (!tooLong().isEmpty()) {
			assertThat(model().probability(tooLong(), "dark mode")).isNull();
			assertThat(model().roughProbability(tooLong(), "dark mode")).isNull();
			assertThat(model().probability("dark mode", tooLong())).isNull();
			assertThat(model().probability(tooLong().repeat(1000), tooLong())).isNull();
		}
	}

	@ParameterizedTest
	@FieldSource("io.github.llmcache.test.contract.Texts#ODD")
	void oddTextDoesNotThrow(String text) {
		assertThat(model().probability(text, PROMPTS.get(0))).satisfiesAnyOf((value) -> assertThat(value).isNull(),
				(value) -> assertThat(value).isStrictlyBetween(0.0, 1.0));
		assertThat(model().probability(PROMPTS.get(0), text)).satisfiesAnyOf((value) -> assertThat(value).isNull(),
				(value) -> assertThat(value).isStrictlyBetween(0.0, 1.0));
	}

	@Test
	void fingerprintDoesNotChange() {
		assertThat(model().fingerprint()).isNotBlank().isEqualTo(model().fingerprint());
	}

	@Test
	void manyThreadsGetTheProbabilitiesThatOneGets() throws Exception {
		assertThat(Concurrently.call(4, this::probabilities)).containsOnly(probabilities());
	}

	private List<@Nullable Double> probabilities() {
		List<@Nullable Double> probabilities = new ArrayList<>();
		for (String prompt : PROMPTS) {
			PROMPTS.forEach((cachedPrompt) -> probabilities.add(model().probability(prompt, cachedPrompt)));
		}
		return probabilities;
	}

	private double roughProbability(String prompt, String cachedPrompt) {
		return Objects.requireNonNull(model().roughProbability(prompt, cachedPrompt));
	}

	private double probability(String prompt, String cachedPrompt) {
		return Objects.requireNonNull(model().probability(prompt, cachedPrompt));
	}

}
