package io.github.llmcache.djl;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.test.DeterministicEmbedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
	void modelThatIsClosedIsNotLoadedAnyMore() {
		DjlParaphraseModel model = DjlParaphraseModel.bundledWhenAsked();
		model.close();
		assertThatIllegalStateException().isThrownBy(() -> model.probability(PROMPT, CACHED));
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
