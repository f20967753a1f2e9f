package io.github.llmcache.djl;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.test.DeterministicEmbedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link DjlParaphraseModel}.
 */
class DjlParaphraseModelTests {

	private static final String PROMPT = "How can I change my password?";

	private static final String CACHED = "How do I change my password?";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class));

	@Test
	void modelIsLoadedWhenItIsAskedAndSaysTheSame() {
		try (DjlParaphraseModel ready = DjlParaphraseModel.bundled();
				DjlParaphraseModel later = DjlParaphraseModel.bundledWhenAsked()) {
			assertThat(ready.isLoaded()).isTrue();
			assertThat(later.isLoaded()).isFalse();
			assertThat(later.probability(PROMPT, CACHED)).isEqualTo(ready.probability(PROMPT, CACHED));
			assertThat(later.isLoaded()).isTrue();
			assertThat(later.fingerprint()).isEqualTo(ready.fingerprint());
		}
	}

	@Test
	void bothOrdersAreReadIfTheFirstIsFavourableButNotCertain() {
		try (DjlParaphraseModel model = DjlParaphraseModel.bundled()) {
			String prompt = "I don't remember my password";
			String other = "Help!  I forgot my password.";
			double one = logit(model.roughProbability(prompt, other));
			double swapped = logit(model.roughProbability(other, prompt));
			assertThat(one).isBetween(2.0, 3.8).isNotEqualTo(swapped);
			assertThat(logit(model.probability(prompt, other))).isCloseTo((one + swapped) / 2, within(1e-9));
		}
	}

	@Test
	void oneOrderIsReadIfItIsUnfavourableOrCertain() {
		try (DjlParaphraseModel model = DjlParaphraseModel.bundled()) {
			assertThat(model.probability(PROMPT, "What is the weather like?"))
				.isEqualTo(model.roughProbability(PROMPT, "What is the weather like?"))
				.isLessThan(0.88);
			String prompt = "NDA meaning";
			String other = "whats an nda";
			assertThat(model.probability(prompt, other)).isEqualTo(model.roughProbability(prompt, other))
				.isGreaterThan(0.978)
				.isNotEqualTo(model.roughProbability(other, prompt));
		}
	}

	private static double logit(@Nullable Double probability) {
		assertThat(probability).isNotNull();
		return Math.log(probability / (1 - probability));
	}

	@Test
	void modelThatIsClosedIsNotLoadedAnyMore() {
		DjlParaphraseModel model = DjlParaphraseModel.bundledWhenAsked();
		model.close();
		assertThatIllegalStateException().isThrownBy(() -> model.probability(PROMPT, CACHED));
		assertThatIllegalStateException().isThrownBy(() -> model.roughProbability(PROMPT, CACHED));
		assertThat(model.isLoaded()).isFalse();
	}

	@Test
	void startDoesNotWaitForItIfTheWarmUpLoadsIt() {
		this.contextRunner.run((context) -> assertThat(context.getBean(DjlParaphraseModel.class).isLoaded()).isFalse());
	}

	@Test
	void startLoadsItIfThereIsNoWarmUp() {
		this.contextRunner.withPropertyValues("llm-cache.semantic.warm-up=false")
			.run((context) -> assertThat(context.getBean(DjlParaphraseModel.class).isLoaded()).isTrue());
		this.contextRunner.withBean(TextEmbedder.class, DeterministicEmbedder::new)
			.run((context) -> assertThat(context.getBean(DjlParaphraseModel.class).isLoaded()).isTrue());
	}

}
