package io.github.llmcache.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CallControl;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.core.TestCaches;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.judge.JudgeSettings;
import io.github.llmcache.reactive.ReactiveLlmCache;
import io.github.llmcache.trace.StepObserver;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What is observed of calls, with the embedded store and real threads.
 */
class LlmCacheObservationTests {

	private static final Duration LONG = Duration.ofMinutes(5);

	/** Where Micrometer keeps the current observation in a Reactor context. */
	private static final String KEY = "micrometer.observation";

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	private final AngleEmbedder embedder = new AngleEmbedder("angles").at(0, "question")
		.at(1, "other wording")
		.at(90, "unlike")
		.beyondWindow("long");

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final RecordingListener events = new RecordingListener();

	private final LlmCache cache = builder(new ObservationStepObserver(this.registry, false)).build();

	private LlmCacheBuilder builder(StepObserver observer) {
		return TestCaches.builder(TestCaches.store(), this.embedder, this.events, this.threads).observer(observer);
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.threads.shutdownNow();
		assertThat(this.threads.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
	}

	@Test
	void missIsObservedStepByStep() {
		within("request", () -> ask("question"));
		assertThat(ObservedCalls.of(this.registry)).containsExactly("request > lookup miss",
				"lookup > embedding embedded", "lookup > search nothing", "request > load success",
				"request > store stored");
	}

	@Test
	void hitOfAnotherWordingIsObserved() {
		ask("question");
		this.registry.clear();
		assertThat(ask("other wording")).isEqualTo(Outcome.SEMANTIC);
		assertThat(ObservedCalls.of(this.registry)).containsExactly("none > lookup semantic",
				"lookup > embedding embedded", "lookup > search found");
	}

	@Test
	void repeatedWordingIsNotSearched() {
		ask("question");
		ask("other wording");
		this.registry.clear();
		assertThat(ask("other wording")).isEqualTo(Outcome.SEMANTIC);
		assertThat(ObservedCalls.of(this.registry)).containsExactly("none > lookup semantic");
	}

	@Test
	void exactHitIsNotObserved() {
		ask("question");
		this.registry.clear();
		List<String> happened = new ArrayList<>();
		this.registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onEvent(Observation.Event event, Observation.Context context) {
				happened.add(event.getName());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		within("request", () -> assertThat(ask("question")).isEqualTo(Outcome.EXACT));
		assertThat(ObservedCalls.of(this.registry)).isEmpty();
		assertThat(happened).isEmpty();
	}

	@Test
	void exactHitIsObservedIfThatIsAskedFor() {
		LlmCache all = builder(new ObservationStepObserver(this.registry, true)).build();
		ask(all, "question");
		this.registry.clear();
		within("request", () -> assertThat(ask(all, "question")).isEqualTo(Outcome.EXACT));
		assertThat(ObservedCalls.of(this.registry)).containsExactly("request > lookup exact");
		this.registry.clear();
		ask(all, "unlike");
		assertThat(ObservedCalls.of(this.registry)).startsWith("none > lookup miss", "lookup > embedding embedded");
	}

	@Test
	void promptThatCannotBeEmbeddedIsObservedAsSuch() {
		ask("long");
		ask("not known to the embedder");
		assertThat(ObservedCalls.of(this.registry)).containsSubsequence("none > lookup miss",
				"lookup > embedding beyond-window", "none > load success", "none > store stored", "none > lookup miss",
				"lookup > embedding failure", "none > load success", "none > store stored");
	}

	@Test
	void failureOfTheMethodIsObserved() {
		IllegalStateException failure = new IllegalStateException("no model");
		assertThatIllegalStateException().isThrownBy(() -> this.cache.get(request("question"), () -> {
			throw failure;
		})).isSameAs(failure);
		assertThat(ObservedCalls.of(this.registry)).contains("none > lookup miss", "none > load failure");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("llm.cache.load")
			.that()
			.hasError(failure);
	}

	@Test
	void bypassIsNoLookupAndItsMethodIsObserved() {
		try (CallControl.Scope scope = CallControl.bypass().apply()) {
			ask("question");
		}
		assertThat(ObservedCalls.of(this.registry)).containsExactly("none > load success");
	}

	@Test
	void whatTheMethodObservesIsWithinTheLoad() {
		this.cache.get(request("question"), () -> {
			within("model", () -> {
			});
			return "answer";
		});
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("model")
			.that()
			.hasParentObservationContextMatching((parent) -> parent.getName().equals("llm.cache.load"));
	}

	@Test
	void questionsToAJudgeAreWithinTheLookupThatAsksThem() {
		JudgeSettings settings = new JudgeSettings(true, LONG, 100, 0, 0, 3, 100);
		LlmCache judged = builder(new ObservationStepObserver(this.registry, false))
			.semantic(this.embedder, (match) -> Verdict.refuse("other", null))
			.judge((inquiry) -> {
				within("judge model", () -> {
				});
				return AnswerEquivalence.Verdict.SAME;
			}, settings, this.threads)
			.build();
		ask(judged, "question");
		this.registry.clear();
		within("request", () -> assertThat(ask(judged, "other wording")).isEqualTo(Outcome.SEMANTIC));
		assertThat(ObservedCalls.of(this.registry)).containsExactly("request > lookup semantic",
				"lookup > embedding embedded", "lookup > search found", "lookup > judge same");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("judge model")
			.that()
			.hasParentObservationContextMatching((parent) -> parent.getName().equals("llm.cache.judge"));
	}

	@Test
	void futureIsObservedWithinWhatItsCallerObserves() {
		AtomicReference<CompletableFuture<?>> answer = new AtomicReference<>();
		within("request", () -> answer.set(this.cache.getAsync(request("question"), () -> CompletableFuture
			.supplyAsync(() -> "answer", CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)))));
		answer.get().join();
		assertThat(ObservedCalls.of(this.registry)).containsExactly("request > lookup miss",
				"lookup > embedding embedded", "lookup > search nothing", "request > load success",
				"request > store stored");
	}

	@Test
	void loadThatNobodyWaitsForIsCancelled() {
		Disposable answer = new ReactiveLlmCache(this.cache).mono(request("question"), Mono::never).subscribe();
		await().atMost(LONG).until(() -> ObservedCalls.of(this.registry).contains("none > load unfinished"));
		answer.dispose();
		await().atMost(LONG).until(() -> ObservedCalls.of(this.registry).contains("none > load cancelled"));
	}

	@Test
	void monoIsObservedWithinWhatItsReactorContextHolds() {
		Observation request = Observation.start("request", this.registry);
		AtomicReference<@Nullable Object> within = new AtomicReference<>();
		new ReactiveLlmCache(this.cache).mono(request("question"), () -> Mono.deferContextual((context) -> {
			within.set(context.get(KEY));
			return Mono.just("answer").delayElement(Duration.ofMillis(20));
		})).contextWrite((context) -> context.put(KEY, request)).block(LONG);
		request.stop();
		assertThat(ObservedCalls.of(this.registry)).containsExactly("request > lookup miss",
				"lookup > embedding embedded", "lookup > search nothing", "request > load success",
				"request > store stored");
		assertThat(within.get()).isInstanceOfSatisfying(Observation.class,
				(observation) -> assertThat(observation.getContextView().getName()).isEqualTo("llm.cache.load"));
	}

	@Test
	void streamIsObservedUntilItsEnd() {
		Observation request = Observation.start("request", this.registry);
		CacheRequest<List<String>> stream = CacheRequest
			.forTask("stream", new ParameterizedTypeReference<List<String>>() {
			})
			.prompt("question")
			.build();
		AtomicReference<List<String>> before = new AtomicReference<>();
		new ReactiveLlmCache(this.cache).flux(stream, () -> Flux.just("a", "b").concatWith(Mono.fromRunnable(() -> {
			before.set(ObservedCalls.of(this.registry));
		}))).contextWrite((context) -> context.put(KEY, request)).blockLast(LONG);
		assertThat(before.get()).containsExactly("request > lookup miss", "request > load unfinished");
		assertThat(ObservedCalls.of(this.registry)).containsExactly("request > lookup miss", "request > load success",
				"request > store stored");
	}

	@Test
	void answerThatIsLoadedAgainInTheBackgroundIsObserved() {
		CacheRequest<String> refreshed = CacheRequest.forTask("task", String.class)
			.prompt("question")
			.policy((policy) -> policy.refreshAfter(Duration.ofNanos(1)))
			.build();
		this.cache.get(refreshed, () -> "old");
		this.registry.clear();
		await().atMost(LONG).until(() -> {
			this.cache.get(refreshed, () -> "new");
			return ObservedCalls.of(this.registry).contains("none > store stored");
		});
		assertThat(ObservedCalls.of(this.registry)).contains("none > load success");
	}

	@Test
	void onlyKeysOfLowCardinalityAreSet() {
		ask("question");
		ask("other wording");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasHandledContextsThatSatisfy((contexts) -> assertThat(contexts).isNotEmpty().allSatisfy((context) -> {
				assertThat(context.getHighCardinalityKeyValues()).isEmpty();
				assertThat(context.getLowCardinalityKeyValues()).extracting(KeyValue::getKey)
					.containsExactlyInAnyOrder("task", "outcome");
				assertThat(context.getContextualName()).isNull();
			}));
	}

	@Test
	void nothingIsObservedWithoutHandlers() {
		ObservationRegistry empty = ObservationRegistry.create();
		LlmCache silent = builder(new ObservationStepObserver(empty, true)).build();
		assertThat(ask(silent, "question")).isEqualTo(Outcome.MISS);
		assertThat(ask(silent, "question")).isEqualTo(Outcome.EXACT);
	}

	@Test
	void predicateOfTheApplicationTurnsObservationsOff() {
		this.registry.observationConfig().observationPredicate((name, context) -> !name.equals("llm.cache.search"));
		ask("question");
		assertThat(ObservedCalls.of(this.registry)).hasSize(4).noneMatch((observed) -> observed.contains("search"));
	}

	@Test
	void handlerThatFailsIsNoFailureOfTheCall() {
		ObservationRegistry broken = ObservationRegistry.create();
		broken.observationConfig().observationHandler(new BrokenHandler());
		LlmCache observed = builder(new ObservationStepObserver(broken, true)).build();
		assertThat(ask(observed, "question")).isEqualTo(Outcome.MISS);
		assertThat(ask(observed, "question")).isEqualTo(Outcome.EXACT);
		assertThat(ask(observed, "other wording")).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.events.failures()).isEmpty();
	}

	@Test
	void everyNameIsInTheReference() throws IOException {
		String reference = Files.readString(Path.of("../docs/reference.md"));
		Map<String, String> documented = Pattern
			.compile("(?m)^\\| `(llm\\.cache\\.[a-z.-]+)` \\| observation \\| (.*) \\|$")
			.matcher(reference)
			.results()
			.collect(Collectors.toMap((match) -> match.group(1), (match) -> match.group(2)));
		assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(LlmCacheObservation.values()).map(LlmCacheObservation::getName).toList());
		assertThat(documented.values()).allMatch((row) -> row.startsWith("`task`, `outcome`: `"));
		assertThat(Arrays.stream(LlmCacheObservation.values()).map(LlmCacheObservation::getLowCardinalityKeyNames))
			.allSatisfy(
					(keys) -> assertThat(keys).extracting((key) -> key.asString()).containsExactly("task", "outcome"));
	}

	private Outcome ask(String prompt) {
		return ask(this.cache, prompt);
	}

	private static Outcome ask(LlmCache cache, String prompt) {
		return cache.get(request(prompt), () -> "answer").outcome();
	}

	private static CacheRequest<String> request(String prompt) {
		return CacheRequest.forTask("task", String.class).prompt(prompt).semantic(true).build();
	}

	private void within(String name, Runnable action) {
		Observation.createNotStarted(name, this.registry).observe(action);
	}

	private static final class BrokenHandler implements ObservationHandler<Observation.Context> {

		@Override
		public void onStart(Observation.Context context) {
			if (context.getName().equals("llm.cache.embedding")) {
				throw new IllegalStateException("start");
			}
		}

		@Override
		public void onScopeOpened(Observation.Context context) {
			throw new IllegalStateException("open");
		}

		@Override
		public void onStop(Observation.Context context) {
			throw new IllegalStateException("stop");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
