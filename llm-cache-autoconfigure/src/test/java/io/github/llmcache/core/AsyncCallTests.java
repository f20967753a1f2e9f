package io.github.llmcache.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FailingStore;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls whose answer is a future, on one thread of the cache, which none of them keeps.
 */
@Timeout(60)
class AsyncCallTests {

	private static final int CALLERS = 500;

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	private final RecordingListener events = new RecordingListener();

	private final FailingStore store = new FailingStore(TestCaches.store());

	private final LlmCacheBuilder builder = TestCaches.builder(this.store,
			new AngleEmbedder("angles").at(0, "prompt").at(1, "other wording").at(90, "other"), this.events,
			this.thread);

	private LlmCache cache = this.builder.build();

	private final AtomicInteger loads = new AtomicInteger();

	private final CompletableFuture<String> model = new CompletableFuture<>();

	@AfterEach
	void close() {
		this.thread.shutdownNow();
	}

	@Test
	void methodRunsOnceForManyCallers() {
		List<CompletableFuture<CachedAnswer<String>>> answers = ask(CALLERS);
		awaitLoads(1);
		awaitIdle();
		this.model.complete("answer");
		int exact = 0;
		for (CompletableFuture<CachedAnswer<String>> answer : answers) {
			assertThat(answer.join().value()).isEqualTo("answer");
			exact += (answer.join().outcome() == Outcome.EXACT) ? 1 : 0;
		}
		assertThat(exact).isEqualTo(CALLERS - 1);
		assertThat(this.loads).hasValue(1);
	}

	@Test
	void callerThreadDoesNothingButStart() {
		Thread caller = Thread.currentThread();
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		this.cache = this.builder.policies((task, requested) -> CachePolicy.DEFAULT).listener(new LlmCacheListener() {

			@Override
			public void onLookup(LookupEvent event) {
				threads.add(Thread.currentThread());
			}

			@Override
			public void onStore(StoreEvent event) {
				threads.add(Thread.currentThread());
			}

		}).build();
		for (int i = 0; i < 100; i++) {
			CacheRequest<String> request = CacheRequest.forTask("support", String.class).prompt("prompt " + i).build();
			this.cache.getAsync(request, () -> {
				threads.add(Thread.currentThread());
				return CompletableFuture.completedFuture("answer");
			}).join();
		}
		assertThat(threads).isNotEmpty().doesNotContain(caller);
	}

	@Test
	void callersThatWaitWithTheirThreadsAndOthersShareOneAnswer() throws Exception {
		List<CompletableFuture<CachedAnswer<String>>> answers = ask(10);
		awaitLoads(1);
		ExecutorService callers = Executors.newFixedThreadPool(10);
		List<Future<CachedAnswer<String>>> blocking = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			blocking.add(callers.submit(() -> this.cache.get(request("prompt"), () -> "own")));
		}
		Awaitility.await().until(() -> this.events.lookups().isEmpty() || this.loads.get() == 1);
		this.model.complete("answer");
		for (Future<CachedAnswer<String>> answer : blocking) {
			assertThat(answer.get().value()).isEqualTo("answer");
		}
		assertThat(answers).allMatch((answer) -> answer.join().value().equals("answer"));
		callers.shutdown();
	}

	@Test
	void failureReachesItsCallerAsItWasThrownAndAnotherTakesOver() {
		IllegalStateException overloaded = new IllegalStateException("overloaded");
		CompletableFuture<CachedAnswer<String>> first = ask("prompt");
		awaitLoads(1);
		CompletableFuture<CachedAnswer<String>> second = this.cache.getAsync(request("prompt"),
				() -> CompletableFuture.completedFuture("answer"));
		awaitIdle();
		long start = System.nanoTime();
		this.model.completeExceptionally(overloaded);
		assertThat(second.join().value()).isEqualTo("answer");
		assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(5_000);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(first::join)
			.satisfies((ex) -> assertThat(ex.getCause()).isSameAs(overloaded));
	}

	@Test
	void allFailTogetherIfThatIsWanted() {
		this.cache = this.builder.failTogether(true).build();
		IllegalStateException overloaded = new IllegalStateException("overloaded");
		List<CompletableFuture<CachedAnswer<String>>> answers = ask(20);
		awaitLoads(1);
		awaitIdle();
		this.model.completeExceptionally(overloaded);
		for (CompletableFuture<CachedAnswer<String>> answer : answers) {
			assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join)
				.satisfies((ex) -> assertThat(ex.getCause()).isSameAs(overloaded));
		}
		assertThat(this.loads).hasValue(1);
	}

	@Test
	void cancellingTheAnswerCancelsTheMethodAndStoresNothing() {
		CompletableFuture<CachedAnswer<String>> answer = ask("prompt");
		awaitLoads(1);
		answer.cancel(true);
		assertThatExceptionOfType(CancellationException.class).isThrownBy(this.model::join);
		awaitIdle();
		assertThat(this.events.stores()).isEmpty();
		assertThat(
				this.cache.getAsync(request("prompt"), () -> CompletableFuture.completedFuture("new")).join().value())
			.isEqualTo("new");
	}

	@Test
	void callThatIsCancelledWhileItIsLookedUpLetsGo() {
		CompletableFuture<Void> busy = new CompletableFuture<>();
		this.thread.execute(busy::join);
		ask("prompt").cancel(true);
		busy.complete(null);
		assertThat(
				this.cache.getAsync(request("prompt"), () -> CompletableFuture.completedFuture("new")).join().value())
			.isEqualTo("new");
		assertThat(this.loads).hasValue(0);
	}

	@Test
	void callThatWaitedLongEnoughLoadsTheAnswerItself() {
		this.cache = this.builder.maxWait(Duration.ofMillis(50)).build();
		ask("prompt");
		awaitLoads(1);
		assertThat(
				this.cache.getAsync(request("prompt"), () -> CompletableFuture.completedFuture("own")).join().value())
			.isEqualTo("own");
	}

	@Test
	void otherWordingWaitsForTheAnswerThatIsBeingLoaded() {
		CompletableFuture<CachedAnswer<String>> first = ask("prompt");
		awaitLoads(1);
		CompletableFuture<CachedAnswer<String>> second = ask("other wording");
		awaitIdle();
		assertThat(second).isNotDone();
		this.model.complete("answer");
		assertThat(second.join().outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(first.join().outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.loads).hasValue(1);
	}

	@Test
	void methodWithoutAFutureGivesNoAnswer() {
		assertThat(this.cache.<String>getAsync(request("prompt"), () -> null).join().value()).isNull();
		assertThat(this.events.lastStore().rejection()).isEqualTo("null-value");
	}

	@Test
	void methodThatThrowsFailsTheFuture() {
		CompletableFuture<CachedAnswer<String>> answer = this.cache.getAsync(request("prompt"), () -> {
			throw new java.io.IOException("no connection");
		});
		assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join)
			.withCauseInstanceOf(java.io.IOException.class);
	}

	@Test
	void callsBypassTheCacheWhenItsThreadsAreGone() {
		this.thread.shutdownNow();
		this.model.complete("answer");
		CachedAnswer<String> answer = ask("prompt").join();
		assertThat(answer.outcome()).isEqualTo(Outcome.BYPASS);
		assertThat(answer.reason()).isEqualTo("executor-failure");
	}

	@Test
	void storeThatFailsDoesNotFailTheCall() {
		this.store.failing();
		this.model.complete("answer");
		assertThat(ask("prompt").join().outcome()).isEqualTo(Outcome.BYPASS);
	}

	@Test
	void evictionDoesNotKeepTheThread() {
		this.model.complete("answer");
		ask("prompt").join();
		assertThat(this.cache.evictAsync(EvictionSelector.all()).join()).isEqualTo(1);
		this.store.failing();
		assertThat(this.cache.evictAsync(EvictionSelector.all())).failsWithin(Duration.ofSeconds(10));
	}

	private List<CompletableFuture<CachedAnswer<String>>> ask(int count) {
		List<CompletableFuture<CachedAnswer<String>>> answers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			answers.add(ask("prompt"));
		}
		return answers;
	}

	private CompletableFuture<CachedAnswer<String>> ask(String prompt) {
		return this.cache.getAsync(request(prompt), () -> {
			this.loads.incrementAndGet();
			return this.model;
		});
	}

	private void awaitLoads(int count) {
		Awaitility.await().untilAtomic(this.loads, Matchers.is(count));
	}

	/**
	 * Until the cache's thread has done all that there is to do.
	 */
	private void awaitIdle() {
		CompletableFuture.runAsync(() -> {
		}, this.thread).join();
	}

	private static CacheRequest<String> request(String prompt) {
		return CacheRequest.forTask("support", String.class).prompt(prompt).semantic(true).build();
	}

}
