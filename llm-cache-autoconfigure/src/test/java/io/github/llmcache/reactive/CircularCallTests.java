package io.github.llmcache.reactive;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.ParameterizedTypeReference;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.TestCaches;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods that ask the cache for what they are loading themselves, on whatever thread:
 * nobody waits for itself.
 */
@Timeout(60)
class CircularCallTests {

	private static final ParameterizedTypeReference<List<String>> TOKENS = new ParameterizedTypeReference<>() {
	};

	/** Much less than a call waits for others. */
	private static final Duration SOON = Duration.ofSeconds(10);

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	private final RecordingListener events = new RecordingListener();

	private final AngleEmbedder embedder = new AngleEmbedder("angles").at(0, "prompt").at(90, "other");

	private LlmCache cache = cache(Duration.ofSeconds(30));

	private ReactiveLlmCache reactive = new ReactiveLlmCache(this.cache);

	@AfterEach
	void close() {
		this.threads.shutdownNow();
	}

	@Test
	void streamMayAskForItself() {
		assertThat(collect(flux("prompt", () -> flux("prompt", () -> Flux.just("a", "b"))))).containsExactly("a", "b");
		assertThat(collect(flux("prompt", Flux::empty))).containsExactly("a", "b");
		assertThat(this.events.waits()).isEmpty();
	}

	@Test
	void streamThatHasBegunMayAskForItself() {
		Flux<String> outer = flux("prompt",
				() -> Flux.concat(Flux.just("a"), Flux.defer(() -> flux("prompt", () -> Flux.just("b")))));
		assertThat(collect(outer)).containsExactly("a", "b");
	}

	@Test
	void monoMayAskForItself() {
		Mono<String> outer = mono("prompt", () -> mono("prompt", () -> Mono.just("inner")).map("outer "::concat));
		assertThat(outer.block(SOON)).isEqualTo("outer inner");
		assertThat(this.events.waits()).isEmpty();
	}

	@Test
	void futureMayAskForItself() {
		CompletableFuture<String> outer = future("prompt",
				() -> future("prompt", () -> CompletableFuture.completedFuture("inner")).thenApply("outer "::concat));
		assertThat(outer).succeedsWithin(SOON).isEqualTo("outer inner");
		assertThat(this.events.waits()).isEmpty();
	}

	@Test
	void callsOfAllKindsMayAskForThemselves() {
		CompletableFuture<String> outer = future("prompt", () -> {
			Mono<String> mono = mono("prompt",
					() -> flux("prompt", () -> Flux.just(blocking("prompt", () -> "inner"))).next());
			return mono.toFuture();
		});
		assertThat(outer).succeedsWithin(SOON).isEqualTo("inner");
		assertThat(this.events.waits()).isEmpty();
	}

	@Test
	void streamsMayAskForEachOther() {
		CountDownLatch both = new CountDownLatch(2);
		Flux<String> one = flux("prompt", () -> begun(both, () -> flux("other", () -> Flux.just("inner"))));
		Flux<String> other = flux("other", () -> begun(both, () -> flux("prompt", () -> Flux.just("inner"))));
		CompletableFuture<List<String>> first = one.collectList().toFuture();
		CompletableFuture<List<String>> second = other.collectList().toFuture();
		assertThat(first).succeedsWithin(SOON).isEqualTo(List.of("inner"));
		assertThat(second).succeedsWithin(SOON).isEqualTo(List.of("inner"));
	}

	@Test
	void threadsMayAskForEachOther() throws Exception {
		CountDownLatch both = new CountDownLatch(2);
		Future<String> one = this.threads.submit(() -> blocking("prompt", () -> {
			meet(both);
			return blocking("other", () -> "inner");
		}));
		Future<String> other = this.threads.submit(() -> blocking("other", () -> {
			meet(both);
			return blocking("prompt", () -> "inner");
		}));
		assertThat(one.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("inner");
		assertThat(other.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("inner");
	}

	@Test
	void callsWithinThatAskForTheSameShareOneAnswer() {
		Mono<List<String>> answers = mono("prompt",
				() -> Flux.range(0, 20)
					.flatMap((i) -> mono("other", () -> Mono.just("inner " + i)))
					.collectList()
					.map((inner) -> String.join(",", inner)))
			.map((joined) -> List.of(joined.split(",")));
		assertThat(answers.block(SOON)).hasSize(20).containsOnly(answers.block(SOON).get(0));
	}

	@Test
	void streamThatDoesNotBeginIsWaitedForNoLongerThanAnythingElse() {
		this.cache = cache(Duration.ofMillis(200));
		this.reactive = new ReactiveLlmCache(this.cache);
		CountDownLatch running = new CountDownLatch(1);
		flux("prompt", () -> Flux.<String>never().doOnSubscribe((subscription) -> running.countDown())).subscribe();
		await(running);
		assertThat(collect(flux("prompt", () -> Flux.just("own")))).containsExactly("own");
	}

	@Test
	void streamThatHasBegunIsWaitedFor() {
		this.cache = cache(Duration.ofMillis(200));
		this.reactive = new ReactiveLlmCache(this.cache);
		CountDownLatch running = new CountDownLatch(1);
		Sinks.Many<String> model = Sinks.many().unicast().onBackpressureBuffer();
		model.tryEmitNext("a");
		CompletableFuture<List<String>> leader = flux("prompt",
				() -> model.asFlux().doOnSubscribe((subscription) -> running.countDown()))
			.collectList()
			.toFuture();
		await(running);
		CompletableFuture<List<String>> follower = flux("prompt", () -> Flux.just("own"))
			.doOnNext((token) -> Mono.delay(Duration.ofMillis(600)).subscribe((time) -> {
				model.tryEmitNext("b");
				model.tryEmitComplete();
			}))
			.collectList()
			.toFuture();
		assertThat(follower).succeedsWithin(SOON).isEqualTo(List.of("a", "b"));
		assertThat(leader).succeedsWithin(SOON).isEqualTo(List.of("a", "b"));
	}

	private Flux<String> begun(CountDownLatch both, Supplier<Flux<String>> then) {
		meet(both);
		return then.get();
	}

	private static void meet(CountDownLatch both) {
		both.countDown();
		await(both);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> collect(Flux<String> tokens) {
		return tokens.collectList().block(SOON);
	}

	private Flux<String> flux(String prompt, Supplier<Flux<String>> method) {
		CacheRequest<List<String>> request = CacheRequest.forTask("support", TOKENS).prompt(prompt).build();
		return this.reactive.flux(request, method::get).mapNotNull(CachedAnswer::value);
	}

	private Mono<String> mono(String prompt, Supplier<Mono<String>> method) {
		return this.reactive.mono(request(prompt), method::get).mapNotNull(CachedAnswer::value);
	}

	private CompletableFuture<String> future(String prompt, Supplier<CompletableFuture<String>> method) {
		return this.cache.getAsync(request(prompt), method::get).thenApply(CachedAnswer::value);
	}

	private String blocking(String prompt, Supplier<String> method) {
		return this.cache.get(request(prompt), method::get).value();
	}

	private static CacheRequest<String> request(String prompt) {
		return CacheRequest.forTask("support", String.class).prompt(prompt).build();
	}

	private LlmCache cache(Duration maxWait) {
		return TestCaches.builder(TestCaches.store(), this.embedder, this.events, this.threads)
			.maxWait(maxWait)
			.build();
	}

}
