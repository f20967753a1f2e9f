package io.github.llmcache.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.Banner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

import io.github.llmcache.autoconfigure.executor.LlmCacheExecutor;
import io.github.llmcache.embedding.EmbeddingModelException;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.metrics.StatisticsRecorder;
import io.github.llmcache.thread.DaemonThreads;
import io.github.llmcache.verify.GuardedMatchVerifier;
import io.github.llmcache.verify.ParaphraseModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
				context.publishEvent(started());
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
	void applicationIsReadyWhenTheModelsHaveRun() {
		List<String> embedded = new ArrayList<>();
		SpringApplication application = new SpringApplication(WarmedUp.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		application.addInitializers((context) -> ((GenericApplicationContext) context)
			.registerBean(SemanticWarmUp.class, () -> warmUp(new DaemonThreads("warm-up").pool(1, 1), this.embedder)));
		application.addListeners((ApplicationListener<ApplicationEvent>) (event) -> {
			if (event instanceof AvailabilityChangeEvent<?> change
					&& change.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
				embedded.addAll(this.embedder.texts);
			}
		});
		application.run().close();
		assertThat(embedded).hasSizeGreaterThan(3).isEqualTo(this.embedder.texts);
	}

	@Test
	void whatEveryCallNeedsComesFirst() {
		List<String> steps = new ArrayList<>();
		warmUp(Runnable::run, new RecordingEmbedder() {

			@Override
			public float[] embed(String text) {
				steps.add("embedded");
				return super.embed(text);
			}

		}, (prompt, cachedPrompt) -> {
			steps.add("compared");
			return 0.5;
		});
		assertThat(steps).startsWith("embedded", "embedded", "compared");
	}

	@Test
	void nothingIsWaitedForThatHasNotBegun() {
		SemanticWarmUp warmUp = warmUp((task) -> {
		}, this.embedder);
		assertThatCode(() -> warmUp.run(new DefaultApplicationArguments())).doesNotThrowAnyException();
	}

	@Test
	void endOfTheApplicationEndsIt(CapturedOutput output) {
		AtomicReference<SemanticWarmUp> warmUp = new AtomicReference<>();
		RecordingEmbedder closing = new RecordingEmbedder() {

			@Override
			public float[] embed(String text) {
				warmUp.get().onApplicationEvent(new ContextClosedEvent(new GenericApplicationContext()));
				return super.embed(text);
			}

		};
		warmUp.set(warmUp(Runnable::run, closing));
		warmUp.get().onApplicationEvent(started());
		assertThat(closing.texts).hasSize(1);
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void modelIsNotClosedWhileItRuns() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch mayEnd = new CountDownLatch(1);
		AtomicBoolean ended = new AtomicBoolean();
		SemanticWarmUp warmUp = warmUp(new DaemonThreads("warm-up").pool(1, 1), new RecordingEmbedder() {

			@Override
			public float[] embed(String text) {
				running.countDown();
				await(mayEnd);
				ended.set(true);
				return super.embed(text);
			}

		});
		warmUp.onApplicationEvent(started());
		await(running);
		AtomicBoolean endedBefore = new AtomicBoolean();
		Thread closing = new Thread(() -> {
			warmUp.onApplicationEvent(new ContextClosedEvent(new GenericApplicationContext()));
			endedBefore.set(ended.get());
		});
		closing.start();
		Awaitility.await().until(() -> closing.getState() == Thread.State.WAITING);
		mayEnd.countDown();
		closing.join();
		assertThat(endedBefore).isTrue();
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
	void startFailsIfAModelCannotBeLoaded(CapturedOutput output) {
		EmbeddingModelException failure = new EmbeddingModelException("here", "it is not there", "Put it there.");
		SemanticWarmUp warmUp = new SemanticWarmUp(() -> Runnable::run, () -> this.embedder, GuardedMatchVerifier::new,
				() -> (prompt, cachedPrompt) -> {
					throw failure;
				}, () -> LlmCacheListener.NO_OP);
		warmUp.onApplicationEvent(started());
		assertThatExceptionOfType(EmbeddingModelException.class)
			.isThrownBy(() -> warmUp.run(new DefaultApplicationArguments()))
			.isSameAs(failure);
		assertThat(output).doesNotContain(SemanticWarmUp.class.getSimpleName());
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
			context.publishEvent(started());
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
			.onApplicationEvent(started());
	}

	private static SemanticWarmUp warmUp(Executor executor, TextEmbedder embedder) {
		return new SemanticWarmUp(() -> executor, () -> embedder, GuardedMatchVerifier::new, () -> null,
				() -> LlmCacheListener.NO_OP);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ApplicationStartedEvent started() {
		return new ApplicationStartedEvent(new SpringApplication(), new String[0], new GenericApplicationContext(),
				Duration.ZERO);
	}

	@Configuration(proxyBeanMethods = false)
	static class WarmedUp {

	}

	private static class RecordingEmbedder implements TextEmbedder {

		private final List<String> texts = new CopyOnWriteArrayList<>();

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
