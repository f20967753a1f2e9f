package io.github.llmcache.reactive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.ParameterizedTypeReference;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CallControl;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.core.TestCaches;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.store.FailingStore;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ReactiveLlmCache}.
 */
@Timeout(60)
class ReactiveLlmCacheTests {

	private static final ParameterizedTypeReference<List<String>> TOKENS = new ParameterizedTypeReference<>() {
	};

	private static final ParameterizedTypeReference<List<Texts>> TEXTS = new ParameterizedTypeReference<>() {
	};

	private static final ParameterizedTypeReference<List<Hidden>> HIDDEN = new ParameterizedTypeReference<>() {
	};

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	private final RecordingListener events = new RecordingListener();

	private final MemoryCacheStore store = TestCaches.store();

	private final AngleEmbedder embedder = new AngleEmbedder("angles").at(0, "prompt")
		.at(1, "other wording")
		.at(90, "other");

	private final ReactiveLlmCache cache = new ReactiveLlmCache(builder().build());

	private final AtomicInteger calls = new AtomicInteger();

	private final Sinks.Many<String> model = Sinks.many().unicast().onBackpressureBuffer();

	@AfterEach
	void close() {
		this.threads.shutdownNow();
	}

	@Test
	void elementsPassAsTheyCome() {
		List<String> seen = new ArrayList<>();
		Disposable subscription = tokens("prompt").subscribe((token) -> seen.add(token.value()));
		this.model.tryEmitNext("Hel");
		Awaitility.await().until(() -> seen.equals(List.of("Hel")));
		this.model.tryEmitNext("lo");
		Awaitility.await().until(() -> seen.equals(List.of("Hel", "lo")));
		assertThat(this.store.usage()).isEmpty();
		this.model.tryEmitComplete();
		Awaitility.await().until(subscription::isDisposed);
		assertThat(this.events.lookups()).singleElement().returns(Outcome.MISS, (event) -> event.outcome());
	}

	@Test
	void hitHasTheSameElements() {
		assertThat(collect(this.cache.flux(request("prompt"), () -> Flux.just("Hel", "lo", " ", "you"))))
			.extracting(CachedAnswer::outcome)
			.containsOnly(Outcome.MISS);
		List<CachedAnswer<String>> hit = collect(tokens("prompt"));
		assertThat(hit).extracting(CachedAnswer::value).containsExactly("Hel", "lo", " ", "you");
		assertThat(hit).extracting(CachedAnswer::outcome).containsOnly(Outcome.EXACT);
		assertThat(this.calls).hasValue(0);
	}

	@Test
	void otherWordingHasTheSameElements() {
		collect(this.cache.flux(request("prompt"), () -> Flux.just("Hel", "lo")));
		List<CachedAnswer<String>> hit = collect(tokens("other wording"));
		assertThat(hit).extracting(CachedAnswer::value).containsExactly("Hel", "lo");
		assertThat(hit).extracting(CachedAnswer::outcome).containsOnly(Outcome.SEMANTIC);
		assertThat(hit).extracting(CachedAnswer::matchedPrompt).containsOnly("prompt");
	}

	@Test
	void nothingHappensBeforeASubscription() {
		tokens("prompt");
		assertThat(this.events.lookups()).isEmpty();
		assertThat(this.calls).hasValue(0);
	}

	@Test
	void subscribersShareOneStreamWhileTheStoreFails() {
		ReactiveLlmCache failing = new ReactiveLlmCache(
				TestCaches.builder(new FailingStore(this.store).failing(), this.embedder, this.events, this.threads)
					.build());
		List<List<CachedAnswer<String>>> answers = new CopyOnWriteArrayList<>();
		for (int i = 0; i < 20; i++) {
			failing.flux(request("prompt"), () -> {
				this.calls.incrementAndGet();
				return this.model.asFlux();
			}).collectList().subscribe(answers::add);
		}
		Awaitility.await().until(() -> this.events.lookups().size() == 20);
		this.model.tryEmitNext("a");
		this.model.tryEmitComplete();
		Awaitility.await().until(() -> answers.size() == 20);
		assertThat(answers).allSatisfy((answer) -> assertThat(answer).singleElement()
			.returns("a", CachedAnswer::value)
			.returns(Outcome.BYPASS, CachedAnswer::outcome)
			.returns("store-failure", CachedAnswer::reason));
		assertThat(this.calls).hasValue(1);
	}

	@Test
	void eachSubscriberHasElementsOfItsOwn() {
		CacheRequest<List<Texts>> request = CacheRequest.forTask("mutable", TEXTS).prompt("prompt").build();
		Sinks.Many<Texts> mutable = Sinks.many().unicast().onBackpressureBuffer();
		List<Texts> leader = new ArrayList<>();
		this.cache.flux(request, mutable::asFlux).subscribe((element) -> {
			element.value().texts().add("of the leader");
			leader.add(element.value());
		});
		mutable.tryEmitNext(new Texts(new ArrayList<>(List.of("text"))));
		Awaitility.await().until(() -> leader.size() == 1);
		List<List<Texts>> followers = new CopyOnWriteArrayList<>();
		for (int i = 0; i < 2; i++) {
			this.cache.flux(request, Flux::never)
				.doOnNext((element) -> element.value().texts().add("of a follower"))
				.mapNotNull(CachedAnswer::value)
				.collectList()
				.subscribe(followers::add);
		}
		Awaitility.await().until(() -> this.events.lookups().size() == 3);
		mutable.tryEmitNext(new Texts(new ArrayList<>(List.of("more"))));
		mutable.tryEmitComplete();
		Awaitility.await().until(() -> followers.size() == 2);
		assertThat(followers).allSatisfy((elements) -> assertThat(elements)
			.containsExactly(new Texts(List.of("text", "of a follower")), new Texts(List.of("more", "of a follower"))));
		assertThat(collect(this.cache.flux(request, Flux::never))).extracting(CachedAnswer::value)
			.containsExactly(new Texts(List.of("text")), new Texts(List.of("more")));
	}

	@Test
	void elementsThatCannotBeCopiedAreLoadedByEverybody() {
		CacheRequest<List<Hidden>> request = CacheRequest.forTask("hidden", HIDDEN).prompt("prompt").build();
		Sinks.Many<Hidden> mutable = Sinks.many().unicast().onBackpressureBuffer();
		Flux<CachedAnswer<Hidden>> leader = this.cache.flux(request, mutable::asFlux).cache();
		leader.subscribe();
		Awaitility.await().until(() -> this.events.lookups().size() == 1);
		Flux<CachedAnswer<Hidden>> follower = this.cache.flux(request, () -> Flux.just(new Hidden("own"))).cache();
		follower.subscribe();
		Awaitility.await().until(() -> this.events.lookups().size() == 2);
		mutable.tryEmitNext(new Hidden("secret"));
		mutable.tryEmitComplete();
		assertThat(collect(follower)).extracting((element) -> element.value().text).containsExactly("own");
		assertThat(collect(leader)).extracting((element) -> element.value().text).containsExactly("secret");
		Awaitility.await().until(() -> this.events.stores().size() == 2);
		assertThat(this.events.stores()).extracting(StoreEvent::rejection).containsOnly("payload-failure");
	}

	@Test
	void followersGetWhatIsThereAndThenTheRest() {
		Flux<CachedAnswer<String>> leader = tokens("prompt");
		List<String> seen = new ArrayList<>();
		leader.subscribe((token) -> seen.add(token.value()));
		this.model.tryEmitNext("a");
		this.model.tryEmitNext("b");
		Awaitility.await().until(() -> seen.size() == 2);
		List<Mono<List<CachedAnswer<String>>>> followers = new ArrayList<>();
		AtomicInteger started = new AtomicInteger();
		for (int i = 0; i < 100; i++) {
			AtomicBoolean first = new AtomicBoolean(true);
			Mono<List<CachedAnswer<String>>> follower = tokens("prompt").doOnNext((token) -> {
				if (first.compareAndSet(true, false)) {
					started.incrementAndGet();
				}
			}).collectList().cache();
			follower.subscribe();
			followers.add(follower);
		}
		Awaitility.await().untilAtomic(started, org.hamcrest.Matchers.is(100));
		this.model.tryEmitNext("c");
		this.model.tryEmitComplete();
		for (Mono<List<CachedAnswer<String>>> follower : followers) {
			assertThat(follower.block()).extracting(CachedAnswer::value).containsExactly("a", "b", "c");
			assertThat(follower.block()).extracting(CachedAnswer::outcome).containsOnly(Outcome.EXACT);
		}
		assertThat(this.calls).hasValue(1);
		assertThat(this.events.waits()).allMatch((wait) -> wait.answered());
	}

	@Test
	void otherWordingJoinsARunningStream() {
		tokens("prompt").subscribe();
		this.model.tryEmitNext("a");
		Awaitility.await().untilAtomic(this.calls, org.hamcrest.Matchers.is(1));
		Mono<List<CachedAnswer<String>>> follower = tokens("other wording").collectList().cache();
		AtomicInteger got = new AtomicInteger();
		tokens("other wording").subscribe((token) -> got.incrementAndGet());
		follower.subscribe();
		Awaitility.await().until(() -> got.get() == 1);
		this.model.tryEmitComplete();
		assertThat(follower.block()).extracting(CachedAnswer::outcome).containsOnly(Outcome.SEMANTIC);
		assertThat(this.calls).hasValue(1);
	}

	@Test
	void cancelledStreamLeavesNothing() {
		AtomicBoolean cancelled = new AtomicBoolean();
		Disposable subscription = this.cache
			.flux(request("prompt"), () -> this.model.asFlux().doOnCancel(() -> cancelled.set(true)))
			.subscribe();
		this.model.tryEmitNext("a");
		Awaitility.await().until(() -> this.model.currentSubscriberCount() == 1);
		subscription.dispose();
		assertThat(cancelled).isTrue();
		assertThat(this.store.usage()).isEmpty();
		assertThat(this.events.stores()).isEmpty();
		assertThat(this.events.loads()).singleElement().returns(LoadEvent.Result.CANCELLED, LoadEvent::result);
		assertThat(collect(this.cache.flux(request("prompt"), () -> Flux.just("b")))).extracting(CachedAnswer::outcome)
			.containsOnly(Outcome.MISS);
	}

	@Test
	void cancelledStreamStopsEvenIfItNeverLeavesItsThread() {
		AtomicInteger produced = new AtomicInteger();
		Flux<String> endless = Flux.generate((sink) -> sink.next("token " + produced.incrementAndGet()));
		List<CachedAnswer<String>> first = collect(this.cache.flux(request("prompt"), () -> endless).take(3));
		assertThat(first).extracting(CachedAnswer::value).containsExactly("token 1", "token 2", "token 3");
		assertThat(produced).hasValueLessThan(10);
		assertThat(this.store.usage()).isEmpty();
		assertThat(collect(this.cache.flux(request("prompt"), () -> Flux.just("a")))).extracting(CachedAnswer::outcome)
			.containsOnly(Outcome.MISS);
	}

	@Test
	void elementsPassAsTheyComeEvenIfTheSourceBlocks() {
		List<String> seen = new ArrayList<>();
		Flux<String> blocking = Flux.generate(() -> 0, (number, sink) -> {
			assertThat(seen).hasSize(number);
			if (number == 3) {
				sink.complete();
			}
			else {
				sink.next("token " + number);
			}
			return number + 1;
		});
		this.cache.flux(request("prompt"), () -> blocking).doOnNext((token) -> seen.add(token.value())).blockLast();
		assertThat(seen).hasSize(3);
		assertThat(this.events.lastStore().rejection()).isNull();
	}

	@Test
	void streamGoesOnForFollowersWhenTheLeaderCancels() {
		List<String> seen = new ArrayList<>();
		Disposable leader = tokens("prompt").subscribe((token) -> seen.add(token.value()));
		this.model.tryEmitNext("a");
		Awaitility.await().until(() -> seen.size() == 1);
		AtomicInteger got = new AtomicInteger();
		Mono<List<CachedAnswer<String>>> follower = tokens("prompt").doOnNext((token) -> got.incrementAndGet())
			.collectList()
			.cache();
		follower.subscribe();
		Awaitility.await().untilAtomic(got, org.hamcrest.Matchers.is(1));
		leader.dispose();
		this.model.tryEmitNext("b");
		this.model.tryEmitComplete();
		assertThat(follower.block()).extracting(CachedAnswer::value).containsExactly("a", "b");
		assertThat(collect(tokens("prompt"))).extracting(CachedAnswer::outcome).containsOnly(Outcome.EXACT);
		assertThat(seen).containsExactly("a");
	}

	@Test
	void failedStreamIsNotStoredAndReachesAllWhoSawABeginning() {
		Flux<CachedAnswer<String>> leader = this.cache.flux(request("prompt"),
				() -> Flux.just("a").concatWith(Flux.error(new IllegalStateException("overloaded"))));
		List<String> seen = new ArrayList<>();
		assertThatIllegalStateException()
			.isThrownBy(() -> leader.doOnNext((token) -> seen.add(token.value())).blockLast())
			.withMessage("overloaded");
		assertThat(seen).containsExactly("a");
		assertThat(this.store.usage()).isEmpty();
		assertThat(this.events.loads()).singleElement().returns(LoadEvent.Result.FAILURE, LoadEvent::result);
	}

	@Test
	void followerTakesOverAStreamThatFailedBeforeItBegan() {
		CountDownLatch failing = new CountDownLatch(1);
		Sinks.Many<String> broken = Sinks.many().unicast().onBackpressureBuffer();
		Mono<List<CachedAnswer<String>>> leader = this.cache.flux(request("prompt"), () -> {
			failing.countDown();
			return broken.asFlux();
		}).collectList().onErrorReturn(List.of()).cache();
		leader.subscribe();
		Awaitility.await().until(() -> broken.currentSubscriberCount() == 1);
		Mono<List<CachedAnswer<String>>> follower = this.cache.flux(request("prompt"), () -> Flux.just("b"))
			.collectList()
			.cache();
		follower.subscribe();
		broken.tryEmitError(new IllegalStateException("overloaded"));
		assertThat(follower.block()).extracting(CachedAnswer::value).containsExactly("b");
		assertThat(leader.block()).isEmpty();
	}

	@Test
	void emptyAndBlankStreamsAreNotStored() {
		collect(this.cache.flux(request("prompt"), Flux::empty));
		collect(this.cache.flux(request("prompt"), () -> Flux.just("", " ")));
		assertThat(this.events.stores()).extracting((event) -> event.rejection())
			.containsExactly("empty-value", "empty-value");
	}

	@Test
	void streamBeyondTheLargestPayloadPassesAndIsNotStored() {
		String token = "x".repeat(1 << 12);
		List<String> seen = new ArrayList<>();
		this.cache.flux(request("prompt"), () -> Flux.fromStream(IntStream.range(0, 300).mapToObj((i) -> token)))
			.doOnNext((element) -> seen.add(element.value()))
			.blockLast();
		assertThat(seen).hasSize(300);
		assertThat(this.events.stores()).extracting((event) -> event.rejection()).containsExactly("payload-too-large");
	}

	@Test
	void bypassedStreamIsPassedOn() {
		Flux<CachedAnswer<String>> bypassed = tokens("prompt")
			.contextWrite((context) -> context.put(CallControl.class, CallControl.bypass()));
		this.model.tryEmitNext("a");
		this.model.tryEmitComplete();
		assertThat(collect(bypassed)).extracting(CachedAnswer::outcome).containsExactly(Outcome.BYPASS);
		assertThat(this.store.usage()).isEmpty();
	}

	@Test
	void controlOfTheThreadAppliesToTheSubscription() {
		collect(this.cache.flux(request("prompt"), () -> Flux.just("old")));
		Flux<CachedAnswer<String>> refreshed;
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			refreshed = this.cache.flux(request("prompt"), () -> Flux.just("new"));
		}
		assertThat(collect(refreshed)).extracting(CachedAnswer::value).containsExactly("new");
		assertThat(collect(tokens("prompt"))).extracting(CachedAnswer::value).containsExactly("new");
	}

	@Test
	void monoIsAnsweredOnceForManySubscribers() {
		CacheRequest<String> request = CacheRequest.forTask("mono", String.class).prompt("prompt").build();
		Sinks.One<String> answer = Sinks.one();
		List<Mono<CachedAnswer<String>>> answers = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			Mono<CachedAnswer<String>> mono = this.cache.mono(request, () -> {
				this.calls.incrementAndGet();
				return answer.asMono();
			}).cache();
			mono.subscribe();
			answers.add(mono);
		}
		Awaitility.await().during(Duration.ofMillis(200)).untilAtomic(this.calls, org.hamcrest.Matchers.is(1));
		answer.tryEmitValue("answer");
		int exact = 0;
		for (Mono<CachedAnswer<String>> mono : answers) {
			assertThat(mono.block().value()).isEqualTo("answer");
			exact += (mono.block().outcome() == Outcome.EXACT) ? 1 : 0;
		}
		assertThat(exact).isEqualTo(499);
	}

	@Test
	void cancelledMonoIsTakenOver() {
		CacheRequest<String> request = CacheRequest.forTask("mono", String.class).prompt("prompt").build();
		AtomicBoolean started = new AtomicBoolean();
		Disposable leader = this.cache
			.mono(request, () -> Mono.<String>never().doOnSubscribe((subscription) -> started.set(true)))
			.subscribe();
		Awaitility.await().untilTrue(started);
		Mono<CachedAnswer<String>> follower = this.cache.mono(request, () -> Mono.just("answer")).cache();
		follower.subscribe();
		leader.dispose();
		assertThat(follower.block(Duration.ofSeconds(10)).value()).isEqualTo("answer");
	}

	@Test
	void monoThatIsCancelledDuringItsLookupLetsGo() throws Exception {
		CacheRequest<String> request = CacheRequest.forTask("mono", String.class).prompt("prompt").build();
		CountDownLatch busy = new CountDownLatch(1);
		for (int i = 0; i < 4; i++) {
			this.threads.execute(() -> {
				try {
					busy.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
		}
		this.cache.mono(request, () -> Mono.just("never")).subscribe().dispose();
		busy.countDown();
		assertThat(this.cache.mono(request, () -> Mono.just("answer")).block(Duration.ofSeconds(10)).value())
			.isEqualTo("answer");
		assertThat(this.events.waits()).allMatch((wait) -> wait.waitTime().toMillis() < TimeUnit.SECONDS.toMillis(5));
	}

	@Test
	void emptyMonoStaysEmpty() {
		CacheRequest<String> request = CacheRequest.forTask("mono", String.class).prompt("prompt").build();
		assertThat(this.cache.mono(request, Mono::empty).block().value()).isNull();
		assertThat(this.events.lastStore().rejection()).isEqualTo("null-value");
	}

	@Test
	void methodThatThrowsFailsTheSubscription() {
		assertThatIllegalStateException().isThrownBy(() -> this.cache.flux(request("prompt"), () -> {
			throw new IllegalStateException("no connection");
		}).blockLast());
		CacheRequest<String> request = CacheRequest.forTask("mono", String.class).prompt("prompt").build();
		assertThatIllegalStateException().isThrownBy(() -> this.cache.mono(request, () -> {
			throw new IllegalStateException("no connection");
		}).block());
	}

	@Test
	void callsBypassTheCacheWhenItsThreadsAreGone() {
		this.threads.shutdownNow();
		this.model.tryEmitNext("a");
		this.model.tryEmitComplete();
		List<CachedAnswer<String>> answers = collect(tokens("prompt"));
		assertThat(answers).extracting(CachedAnswer::outcome).containsExactly(Outcome.BYPASS);
		assertThat(this.events.lastLookup().reason()).isEqualTo("executor-failure");
	}

	private Flux<CachedAnswer<String>> tokens(String prompt) {
		return this.cache.flux(request(prompt), () -> {
			this.calls.incrementAndGet();
			return this.model.asFlux();
		});
	}

	private static <E> List<CachedAnswer<E>> collect(Flux<CachedAnswer<E>> tokens) {
		return tokens.collectList().block(Duration.ofSeconds(20));
	}

	private static CacheRequest<List<String>> request(String prompt) {
		return CacheRequest.forTask("stream", TOKENS).prompt(prompt).semantic(true).build();
	}

	private LlmCacheBuilder builder() {
		return TestCaches.builder(this.store, this.embedder, this.events, this.threads);
	}

	/**
	 * A value that subscribers may change.
	 */
	record Texts(List<String> texts) {

	}

	/**
	 * A value that does not come back from JSON.
	 */
	static class Hidden {

		@JsonIgnore
		public String text = "";

		Hidden() {
		}

		Hidden(String text) {
			this.text = text;
		}

	}

}
