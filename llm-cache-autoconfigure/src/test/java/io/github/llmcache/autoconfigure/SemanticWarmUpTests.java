package io.github.llmcache.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;

import io.github.llmcache.autoconfigure.executor.LlmCacheExecutor;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.metrics.StatisticsRecorder;
import io.github.llmcache.verify.GuardedMatchVerifier;
import io.github.llmcache.verify.ParaphraseModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link SemanticWarmUp}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SemanticWarmUpTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class));

	private final RecordingEmbedder embedder = new RecordingEmbedder();

	@Test
	void modelsHaveRunAndNobodyIsNotified(CapturedOutput output) {
		List<Runnable> tasks = new ArrayList<>();
		LlmCacheListener listener = mock(LlmCacheListener.class);
		this.contextRunner.withBean(LlmCacheExecutor.class, () -> new LlmCacheExecutor(tasks::add))
			.withBean(LlmCacheListener.class, () -> listener)
			.run((context) -> {
				context.publishEvent(ready());
				assertThat(tasks).hasSize(1);
				tasks.get(0).run();
				then(listener).should(never()).onLookup(any(LookupEvent.class));
				assertThat(output).doesNotContain(SemanticWarmUp.class.getSimpleName());
			});
	}

	@Test
	void severalWordingsAreEmbeddedAndJudged() {
		List<String> judged = new ArrayList<>();
		warmUp(Runnable::run, this.embedder, (prompt, cachedPrompt) -> {
			judged.add(prompt);
			return 0.5;
		});
		assertThat(this.embedder.texts.stream().distinct()).hasSizeGreaterThan(3);
		assertThat(judged).isNotEmpty();
	}

	@Test
	void callsAreCountedAndLearnedFromAsThoseOfTheApplication() {
		StatisticsRecorder statistics = new StatisticsRecorder(Map::of, Clock.systemUTC());
		warmUp(Runnable::run, this.embedder, (prompt, cachedPrompt) -> 0.5, statistics);
		assertThat(statistics.statistics().tasks()).containsOnlyKeys("warm-up");
	}

	@Test
	void failureIsLoggedOnceWithARemedy(CapturedOutput output) {
		warmUp(Runnable::run, new RecordingEmbedder() {

			@Override
			public float[] embed(String text) {
				throw new IllegalStateException("secret");
			}

		}, null);
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains(IllegalStateException.class.getName(), "llm-cache.semantic.warm-up=false")
			.doesNotContain("secret");
	}

	@Test
	void executorThatRefusesIsNoFailureOfTheApplication(CapturedOutput output) {
		warmUp((task) -> {
			throw new RejectedExecutionException();
		}, this.embedder, null);
		assertThat(output).contains("llm-cache.semantic.warm-up=false");
		assertThat(this.embedder.texts).isEmpty();
	}

	@Test
	void propertySwitchesItOff() {
		this.contextRunner.withPropertyValues("llm-cache.semantic.warm-up=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SemanticWarmUp.class));
	}

	@Test
	void embedderOfTheUserIsNotAsked() {
		this.contextRunner.withBean(TextEmbedder.class, () -> this.embedder).run((context) -> {
			context.publishEvent(ready());
			assertThat(context).doesNotHaveBean(SemanticWarmUp.class);
			assertThat(this.embedder.texts).isEmpty();
		});
	}

	@Test
	void withoutSemanticMatchingThereIsNothingToWarmUp() {
		this.contextRunner.withPropertyValues("llm-cache.semantic.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SemanticWarmUp.class));
	}

	private static void warmUp(Executor executor, TextEmbedder embedder, @Nullable ParaphraseModel paraphrases) {
		warmUp(executor, embedder, paraphrases, LlmCacheListener.NO_OP);
	}

	private static void warmUp(Executor executor, TextEmbedder embedder, @Nullable ParaphraseModel paraphrases,
			LlmCacheListener listener) {
		new SemanticWarmUp(() -> executor, () -> embedder, GuardedMatchVerifier::new, () -> paraphrases, () -> listener)
			.onApplicationEvent(ready());
	}

	private static ApplicationReadyEvent ready() {
		return new ApplicationReadyEvent(new SpringApplication(), new String[0], new GenericApplicationContext(),
				Duration.ZERO);
	}

	private static class RecordingEmbedder implements TextEmbedder {

		private final List<String> texts = new ArrayList<>();

		@Override
		public float[] embed(String text) {
			this.texts.add(text);
			return new float[] { 1, 0 };
		}

		@Override
		public int dimensions() {
			return 2;
		}

		@Override
		public String fingerprint() {
			return "recording";
		}

	}

}
