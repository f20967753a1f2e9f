package io.github.llmcache.interceptor;

import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ReflectionUtils;

import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CallControl;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FailingStore;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.verify.MatchVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Each type that a method may return, with each outcome.
 */
@SpringBootTest(properties = { "llm-cache.ttl=1h", "llm-cache.stale-if-error=1h",
		"llm-cache.stale-on=java.lang.IllegalStateException" })
class ReturnTypeTests {

	private static final String PROMPT = "prompt";

	private static final String OTHER_WORDING = "other wording";

	@Autowired
	private Model model;

	@Autowired
	private ModelState state;

	@Autowired
	private LlmCache cache;

	@Autowired
	private FailingStore store;

	@Autowired
	private MutableClock clock;

	@Autowired
	private RecordingListener events;

	@BeforeEach
	void reset() {
		this.store.recover();
		this.cache.evict(EvictionSelector.all());
		this.events.clear();
		this.state.calls.set(0);
		this.state.failure = null;
	}

	static Stream<Method> methods() {
		return Arrays.stream(ReflectionUtils.getDeclaredMethods(Model.class))
			.filter((method) -> method.isAnnotationPresent(LlmCached.class));
	}

	@ParameterizedTest
	@MethodSource("methods")
	void miss(Method method) {
		check(ask(method, PROMPT), Outcome.MISS, 1);
	}

	@ParameterizedTest
	@MethodSource("methods")
	void exact(Method method) {
		Answered first = ask(method, PROMPT);
		Answered second = ask(method, PROMPT);
		check(second, Outcome.EXACT, 1);
		assertThat(second.values()).isEqualTo(first.values());
	}

	@ParameterizedTest
	@MethodSource("methods")
	void semantic(Method method) {
		Answered first = ask(method, PROMPT);
		Answered second = ask(method, OTHER_WORDING);
		check(second, Outcome.SEMANTIC, 1);
		assertThat(second.values()).isEqualTo(first.values());
	}

	@ParameterizedTest
	@MethodSource("methods")
	void stale(Method method) {
		Answered first = ask(method, PROMPT);
		this.clock.advance(Duration.ofMinutes(90));
		this.state.failure = new IllegalStateException("overloaded");
		Answered second = ask(method, PROMPT);
		check(second, Outcome.STALE, 2);
		assertThat(second.values()).isEqualTo(first.values());
		check(ask(method, OTHER_WORDING), Outcome.STALE, 3);
	}

	@ParameterizedTest
	@MethodSource("methods")
	void failureThatIsNotConfiguredReachesTheCaller(Method method) {
		ask(method, PROMPT);
		this.clock.advance(Duration.ofMinutes(90));
		this.state.failure = new UnsupportedOperationException("no such model");
		assertThatThrownBy(() -> ask(method, PROMPT)).isSameAs(this.state.failure);
		assertThat(this.events.lastLookup().outcome()).isEqualTo(Outcome.MISS);
	}

	@ParameterizedTest
	@MethodSource("methods")
	void failureReachesTheCallerWhenTheOldAnswerIsTooOld(Method method) {
		ask(method, PROMPT);
		this.clock.advance(Duration.ofHours(2));
		this.state.failure = new IllegalStateException("overloaded");
		assertThatThrownBy(() -> ask(method, PROMPT)).isSameAs(this.state.failure);
	}

	@ParameterizedTest
	@MethodSource("methods")
	void bypass(Method method) {
		ask(method, PROMPT);
		try (CallControl.Scope scope = CallControl.bypass().apply()) {
			check(ask(method, PROMPT), Outcome.BYPASS, 2);
		}
	}

	@ParameterizedTest
	@MethodSource("methods")
	void storeDown(Method method) {
		ask(method, PROMPT);
		this.store.failing();
		check(ask(method, PROMPT), Outcome.BYPASS, 2);
		assertThat(this.events.lastLookup().reason()).isEqualTo("store-failure");
	}

	private void check(Answered answered, Outcome outcome, int calls) {
		assertThat(answered.values()).isNotEmpty().doesNotContainNull();
		assertThat(answered.outcomes()).allMatch(outcome::equals);
		assertThat(this.events.lastLookup().outcome()).isEqualTo(outcome);
		assertThat(this.state.calls).hasValue(calls);
	}

	/**
	 * Call a method and wait for all that it gives.
	 */
	private Answered ask(Method method, String prompt) {
		try {
			Method callable = AopUtils.selectInvocableMethod(method, this.model.getClass());
			ReflectionUtils.makeAccessible(callable);
			Object result = ReflectionUtils.invokeMethod(callable, this.model, prompt);
			if (result instanceof CompletionStage<?> stage) {
				result = stage.toCompletableFuture().join();
			}
			if (result instanceof Mono<?> mono) {
				result = mono.block();
			}
			return Answered.of((result instanceof Flux<?> flux) ? flux.collectList().block() : List.of(result));
		}
		catch (CompletionException ex) {
			throw (RuntimeException) ex.getCause();
		}
	}

	/**
	 * What a method gave.
	 */
	record Answered(List<?> values, List<Outcome> outcomes) {

		static Answered of(List<?> results) {
			return new Answered(
					results.stream()
						.map((result) -> (result instanceof CachedAnswer<?> wrapper) ? wrapper.value() : result)
						.toList(),
					results.stream()
						.filter(CachedAnswer.class::isInstance)
						.map((wrapper) -> ((CachedAnswer<?>) wrapper).outcome())
						.toList());
		}

	}

	record Sourced(String text, List<String> sources, @Nullable Integer rank) {

	}

	record Page<T>(List<T> items, int number) {

	}

	enum Mood {

		HAPPY, SAD

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes({ @JsonSubTypes.Type(value = Reply.Text.class, name = "text"),
			@JsonSubTypes.Type(value = Reply.Refusal.class, name = "refusal") })
	sealed interface Reply {

		record Text(String text) implements Reply {

		}

		record Refusal(String reason) implements Reply {

		}

	}

	/**
	 * Counts, and fails if the test wants it to.
	 */
	static final class ModelState {

		final AtomicInteger calls = new AtomicInteger();

		volatile @Nullable RuntimeException failure;

		int next() {
			int call = this.calls.incrementAndGet();
			if (this.failure != null) {
				throw this.failure;
			}
			return call;
		}

	}

	/**
	 * Asks a model in all the ways that there are.
	 */
	static class Model {

		private final ModelState state;

		Model(ModelState state) {
			this.state = state;
		}

		private String text() {
			return "answer " + this.state.next();
		}

		@LlmCached(task = "text", semantic = true)
		public String text(String prompt) {
			return text();
		}

		@LlmCached(task = "number", semantic = true)
		public int number(String prompt) {
			return this.state.next();
		}

		@LlmCached(task = "mood", semantic = true)
		public Mood mood(String prompt) {
			return Mood.values()[this.state.next() % 2];
		}

		@LlmCached(task = "record", semantic = true)
		public Sourced sourced(String prompt) {
			return new Sourced(text(), List.of("a"), null);
		}

		@LlmCached(task = "optional", semantic = true)
		public Optional<Sourced> optional(String prompt) {
			return Optional.of(sourced(prompt));
		}

		@LlmCached(task = "list", semantic = true)
		public List<Sourced> list(String prompt) {
			return List.of(sourced(prompt));
		}

		@LlmCached(task = "map", semantic = true)
		public Map<String, List<Sourced>> map(String prompt) {
			return Map.of("key", List.of(sourced(prompt)));
		}

		@LlmCached(task = "array", semantic = true)
		public Optional<List<String>> nested(String prompt) {
			return Optional.of(List.of(text()));
		}

		@LlmCached(task = "generic", semantic = true)
		public Page<Sourced> generic(String prompt) {
			return new Page<>(List.of(sourced(prompt)), 3);
		}

		@LlmCached(task = "sealed", semantic = true)
		public Reply sealed(String prompt) {
			return new Reply.Text(text());
		}

		@LlmCached(task = "sealed-list", semantic = true)
		public List<Reply> sealedList(String prompt) {
			return List.of(new Reply.Text(text()), new Reply.Refusal("policy"));
		}

		@LlmCached(task = "wrapped", semantic = true)
		public CachedAnswer<Sourced> wrapped(String prompt) {
			return CachedAnswer.of(sourced(prompt));
		}

		@LlmCached(task = "wrapped-optional", semantic = true)
		public CachedAnswer<Optional<String>> wrappedOptional(String prompt) {
			return CachedAnswer.of(Optional.of(text()));
		}

		@LlmCached(task = "future", semantic = true)
		public CompletableFuture<Sourced> future(String prompt) {
			return CompletableFuture.supplyAsync(() -> sourced(prompt));
		}

		@LlmCached(task = "completed-future", semantic = true)
		public CompletableFuture<List<Sourced>> completedFuture(String prompt) {
			return CompletableFuture.completedFuture(list(prompt));
		}

		@LlmCached(task = "stage", semantic = true)
		public CompletionStage<Reply> stage(String prompt) {
			return CompletableFuture.supplyAsync(() -> sealed(prompt));
		}

		@LlmCached(task = "wrapped-future", semantic = true)
		public CompletableFuture<CachedAnswer<String>> wrappedFuture(String prompt) {
			return CompletableFuture.supplyAsync(() -> CachedAnswer.of(text()));
		}

		@LlmCached(task = "mono", semantic = true)
		public Mono<Sourced> mono(String prompt) {
			return Mono.fromSupplier(() -> sourced(prompt));
		}

		@LlmCached(task = "optional-mono", semantic = true)
		public Mono<Optional<Sourced>> optionalMono(String prompt) {
			return Mono.fromSupplier(() -> optional(prompt)).delayElement(Duration.ofMillis(1));
		}

		@LlmCached(task = "wrapped-mono", semantic = true)
		public Mono<CachedAnswer<List<Sourced>>> wrappedMono(String prompt) {
			return Mono.fromSupplier(() -> CachedAnswer.of(list(prompt)));
		}

		@LlmCached(task = "flux", semantic = true)
		public Flux<String> flux(String prompt) {
			return Flux.defer(() -> Flux.just(text(), " ", "and", " more"));
		}

		@LlmCached(task = "record-flux", semantic = true)
		public Flux<Sourced> recordFlux(String prompt) {
			return Flux.defer(() -> Flux.just(sourced(prompt), new Sourced("more", List.of(), 2)))
				.delayElements(Duration.ofMillis(1));
		}

		@LlmCached(task = "wrapped-flux", semantic = true)
		public Flux<CachedAnswer<Reply>> wrappedFlux(String prompt) {
			return Flux.defer(() -> Flux.just(sealed(prompt), new Reply.Refusal("policy"))).map(CachedAnswer::of);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ModelState state() {
			return new ModelState();
		}

		@Bean
		Model model(ModelState state) {
			return new Model(state);
		}

		@Bean
		MutableClock clock() {
			return new MutableClock();
		}

		@Bean
		RecordingListener events() {
			return new RecordingListener();
		}

		@Bean
		FailingStore store(Clock clock) {
			return new FailingStore(new MemoryCacheStore(new MemoryLimits(1_000, 1 << 24),
					new VectorIndexFactory(1_000, Runnable::run), clock, LlmCacheListener.NO_OP));
		}

		@Bean
		TextEmbedder embedder() {
			return new AngleEmbedder("angles").at(0, PROMPT).at(1, OTHER_WORDING);
		}

		@Bean
		MatchVerifier verifier() {
			return (match) -> MatchVerifier.Verdict.accept();
		}

	}

}
