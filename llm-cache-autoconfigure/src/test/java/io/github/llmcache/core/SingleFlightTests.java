package io.github.llmcache.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.WaitEvent;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FailingStore;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Simultaneous calls with one prompt: one loads, the others wait.
 */
@Timeout(60)
class SingleFlightTests {

	private static final int CALLERS = 500;

	private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

	private final RecordingListener events = new RecordingListener();

	private final AtomicInteger loads = new AtomicInteger();

	private final AngleEmbedder embedder = new AngleEmbedder("angles").at(0, "prompt")
		.at(90, "other")
		.at(180, "wording")
		.at(181, "other wording");

	private FailingStore store;

	private final CountDownLatch started = new CountDownLatch(1);

	private final CountDownLatch finish = new CountDownLatch(1);

	private LlmCache cache = cache(Duration.ofSeconds(30));

	@AfterEach
	void close() {
		this.finish.countDown();
		this.callers.shutdownNow();
	}

	@Test
	void methodRunsOnceForManyCallers() throws Exception {
		List<Future<CachedAnswer<String>>> answers = ask(CALLERS, "prompt", this::slowAnswer);
		awaitWaiting(CALLERS - 1);
		this.finish.countDown();
		int exact = 0;
		for (Future<CachedAnswer<String>> answer : answers) {
			assertThat(answer.get().value()).isEqualTo("answer 1");
			exact += (answer.get().outcome() == Outcome.EXACT) ? 1 : 0;
		}
		assertThat(this.loads).hasValue(1);
		assertThat(exact).isEqualTo(CALLERS - 1);
		assertThat(this.events.waits()).hasSize(CALLERS - 1).allMatch(WaitEvent::answered);
	}

	@Test
	void eachCallerGetsACopy() throws Exception {
		CacheRequest<Texts> request = CacheRequest.forTask("mutable", Texts.class).prompt("prompt").build();
		Future<CachedAnswer<Texts>> one = this.callers.submit(() -> this.cache.get(request, () -> {
			slowAnswer();
			return new Texts(new ArrayList<>(List.of("a")));
		}));
		this.started.await();
		Future<CachedAnswer<Texts>> other = this.callers.submit(() -> this.cache.get(request, () -> null));
		awaitWaiting(1);
		this.finish.countDown();
		one.get().value().texts().add("b");
		assertThat(other.get().value().texts()).containsExactly("a");
	}

	@Test
	void whenTheMethodFailsAnotherCallTakesOver() throws Exception {
		List<Future<CachedAnswer<String>>> answers = ask(20, "prompt", () -> {
			if (this.loads.incrementAndGet() == 1) {
				this.started.countDown();
				this.finish.await();
				throw new IllegalStateException("overloaded");
			}
			return "answer";
		});
		awaitWaiting(19);
		this.finish.countDown();
		int failed = 0;
		for (Future<CachedAnswer<String>> answer : answers) {
			try {
				assertThat(answer.get().value()).isEqualTo("answer");
			}
			catch (ExecutionException ex) {
				assertThat(ex).hasRootCauseMessage("overloaded");
				failed++;
			}
		}
		assertThat(failed).isOne();
		assertThat(this.loads).hasValue(2);
	}

	@Test
	void allFailTogetherIfThatIsWanted() throws Exception {
		this.cache = builder(Duration.ofSeconds(30)).failTogether(true).build();
		IllegalStateException overloaded = new IllegalStateException("overloaded");
		List<Future<CachedAnswer<String>>> answers = ask(20, "prompt", () -> {
			slowAnswer();
			throw overloaded;
		});
		awaitWaiting(19);
		this.finish.countDown();
		for (Future<CachedAnswer<String>> answer : answers) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(answer::get)
				.satisfies((ex) -> assertThat(ex.getCause()).isSameAs(overloaded));
		}
		assertThat(this.loads).hasValue(1);
		assertThat(this.events.waits()).hasSize(19).noneMatch(WaitEvent::answered);
	}

	@Test
	void failureIsKnownToAllAtOnce() throws Exception {
		AtomicReference<Long> failed = new AtomicReference<>();
		List<Future<CachedAnswer<String>>> answers = ask(CALLERS, "prompt", () -> {
			if (this.loads.incrementAndGet() == 1) {
				this.started.countDown();
				this.finish.await();
				failed.set(System.nanoTime());
				throw new IllegalStateException("overloaded");
			}
			return "answer";
		});
		awaitWaiting(CALLERS - 1);
		this.finish.countDown();
		for (Future<CachedAnswer<String>> answer : answers) {
			try {
				answer.get();
			}
			catch (ExecutionException ex) {
				assertThat(ex).hasRootCauseMessage("overloaded");
			}
		}
		System.out.println("Single flight: " + (CALLERS - 1) + " calls were answered within "
				+ TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - failed.get()) + " ms after the method had failed");
		assertThat(this.loads).hasValue(2);
	}

	@Test
	void similarPromptsInFlightAreLoadedOnce() throws Exception {
		List<Future<CachedAnswer<String>>> answers = new ArrayList<>();
		answers.addAll(ask(20, "wording", this::slowAnswer));
		this.started.await();
		answers.addAll(ask(20, "other wording", this::slowAnswer));
		awaitWaiting(39);
		this.finish.countDown();
		for (Future<CachedAnswer<String>> answer : answers) {
			assertThat(answer.get().value()).isEqualTo("answer 1");
		}
		assertThat(this.loads).hasValue(1);
		assertThat(this.events.lookups()).extracting(LookupEvent::outcome).contains(Outcome.SEMANTIC, Outcome.EXACT);
	}

	@Test
	void similarPromptsThatStartTogetherDoNotWaitForEachOther() throws Exception {
		this.finish.countDown();
		for (int i = 0; i < 50; i++) {
			this.cache.evict(EvictionSelector.all());
			List<Future<CachedAnswer<String>>> answers = new ArrayList<>();
			for (int j = 0; j < 10; j++) {
				answers.addAll(ask(1, "wording", this::slowAnswer));
				answers.addAll(ask(1, "other wording", this::slowAnswer));
			}
			for (Future<CachedAnswer<String>> answer : answers) {
				answer.get();
			}
		}
		assertThat(this.events.waits()).allMatch((wait) -> wait.waitTime().toSeconds() < 20);
	}

	@Test
	void similarPromptInFlightIsNotWaitedForIfTheVerifierRefusesIt() throws Exception {
		this.cache = builder(Duration.ofSeconds(30)).semantic(this.embedder, (match) -> Verdict.refuse("antonym", null))
			.build();
		ask(1, "wording", this::slowAnswer);
		this.started.await();
		assertThat(this.cache.get(request("other wording"), () -> "own").value()).isEqualTo("own");
	}

	@Test
	void waitingCallsAreServedEvenIfTheStoreFails() throws Exception {
		this.store.failPut = true;
		List<Future<CachedAnswer<String>>> answers = ask(20, "prompt", this::slowAnswer);
		awaitWaiting(19);
		this.finish.countDown();
		for (Future<CachedAnswer<String>> answer : answers) {
			assertThat(answer.get().value()).isEqualTo("answer 1");
		}
		assertThat(this.loads).hasValue(1);
	}

	@Test
	void callersShareOneAnswerWhileTheStoreFails() throws Exception {
		this.store.failing();
		List<Future<CachedAnswer<String>>> answers = ask(200, "prompt", this::slowAnswer);
		awaitWaiting(199);
		this.finish.countDown();
		for (Future<CachedAnswer<String>> answer : answers) {
			assertThat(answer.get().value()).isEqualTo("answer 1");
			assertThat(answer.get().outcome()).isEqualTo(Outcome.BYPASS);
			assertThat(answer.get().reason()).isEqualTo("store-failure");
			assertThat(answer.get().entryId()).isNull();
		}
		assertThat(this.loads).hasValue(1);
		assertThat(this.events.lookups()).hasSize(200).extracting(LookupEvent::reason).containsOnly("store-failure");
		assertThat(this.events.stores()).isEmpty();
		assertThat(this.events.waits()).hasSize(199).allMatch(WaitEvent::answered);
	}

	@Test
	void callersWhoseLookupFailsShareTheAnswerOfOneWhoseLookupDidNot() throws Exception {
		List<Future<CachedAnswer<String>>> answers = new ArrayList<>(ask(1, "prompt", this::slowAnswer));
		this.started.await();
		this.store.failFind = true;
		answers.addAll(ask(20, "prompt", this::slowAnswer));
		awaitWaiting(20);
		this.finish.countDown();
		for (Future<CachedAnswer<String>> answer : answers) {
			assertThat(answer.get().value()).isEqualTo("answer 1");
		}
		assertThat(this.loads).hasValue(1);
	}

	@Test
	void callAfterAnEvictionThatFailedDoesNotWaitForOneFromBefore() throws Exception {
		this.store.failing();
		Future<CachedAnswer<String>> old = ask(1, "prompt", this::slowAnswer).get(0);
		this.started.await();
		assertThatIllegalStateException().isThrownBy(() -> this.cache.evict(EvictionSelector.all()));
		assertThat(this.cache.get(request("prompt"), () -> "new").value()).isEqualTo("new");
		this.finish.countDown();
		assertThat(old.get().value()).isEqualTo("answer 1");
	}

	@Test
	void callThatIsExactOnlyIsNotHandedAnotherWordingsAnswer() throws Exception {
		this.cache.get(request("wording"), () -> "answer of another wording");
		CacheRequest<String> exactOnly = CacheRequest.forTask("support", String.class).prompt("other wording").build();
		List<Future<CachedAnswer<String>>> exact = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			ask(1, "other wording", this::slowAnswer);
			exact.add(this.callers.submit(() -> this.cache.get(exactOnly, () -> "own answer")));
		}
		for (Future<CachedAnswer<String>> answer : exact) {
			assertThat(answer.get().value()).isEqualTo("own answer");
		}
	}

	@Test
	void answerThatIsNotWorthKeepingIsLoadedByEverybody() throws Exception {
		List<Future<CachedAnswer<String>>> answers = ask(10, "prompt", () -> {
			slowAnswer();
			return "";
		});
		awaitWaiting(9);
		this.finish.countDown();
		for (Future<CachedAnswer<String>> answer : answers) {
			assertThat(answer.get().outcome()).isEqualTo(Outcome.MISS);
		}
		assertThat(this.loads).hasValue(10);
		assertThat(this.events.waits()).hasSize(9).noneMatch(WaitEvent::answered);
	}

	@Test
	void callAfterAnEvictionDoesNotWaitForOneFromBefore() throws Exception {
		Future<CachedAnswer<String>> old = ask(1, "prompt", this::slowAnswer).get(0);
		this.started.await();
		this.cache.evict(EvictionSelector.all());
		assertThat(this.cache.get(request("prompt"), () -> "new").value()).isEqualTo("new");
		this.finish.countDown();
		assertThat(old.get().value()).isEqualTo("answer 1");
		assertThat(this.cache.get(request("prompt"), () -> "newer").value()).isEqualTo("new");
	}

	@Test
	void callsThatAnEvictionOvertookAreAnsweredByOneNewAnswer() throws Exception {
		List<Future<CachedAnswer<String>>> answers = ask(50, "prompt", this::slowAnswer);
		awaitWaiting(49);
		this.cache.evict(EvictionSelector.all());
		this.finish.countDown();
		for (Future<CachedAnswer<String>> answer : answers) {
			assertThat(answer.get().value()).isIn("answer 1", "answer 2");
		}
		assertThat(this.loads).hasValue(2);
	}

	@Test
	void answerThatWasRemovedBeforeACallBeganIsNotHandedOverToIt() throws Exception {
		CountDownLatch verifying = new CountDownLatch(1);
		this.cache = builder(Duration.ofSeconds(30)).semantic(this.embedder, (match) -> {
			verifying.countDown();
			await(this.finish);
			return Verdict.accept();
		}).build();
		this.cache.get(request("wording"), () -> "old");
		Future<CachedAnswer<String>> early = ask(1, "other wording", () -> "new").get(0);
		verifying.await();
		this.store.finishEviction();
		Future<CachedAnswer<String>> late = ask(1, "other wording", () -> "new").get(0);
		this.started.countDown();
		awaitWaiting(1);
		this.finish.countDown();
		assertThat(early.get().value()).isEqualTo("old");
		assertThat(late.get().value()).isEqualTo("new");
	}

	@Test
	void callThatWaitedLongEnoughLoadsTheAnswerItself() throws Exception {
		this.cache = cache(Duration.ofMillis(50));
		Future<CachedAnswer<String>> slow = ask(1, "prompt", this::slowAnswer).get(0);
		this.started.await();
		assertThat(this.cache.get(request("prompt"), () -> "own").value()).isEqualTo("own");
		this.finish.countDown();
		assertThat(slow.get().value()).isEqualTo("answer 1");
	}

	@Test
	void nobodyWaitsIfThatIsNotWanted() throws Exception {
		this.cache = cache(Duration.ZERO);
		List<Future<CachedAnswer<String>>> answers = ask(5, "prompt", () -> {
			this.loads.incrementAndGet();
			this.finish.await();
			return "answer";
		});
		Awaitility.await().until(() -> this.loads.get() == 5);
		this.finish.countDown();
		for (Future<CachedAnswer<String>> answer : answers) {
			assertThat(answer.get().outcome()).isEqualTo(Outcome.MISS);
		}
		assertThat(this.events.waits()).isEmpty();
	}

	@Test
	void methodMayAskItself() {
		CachedAnswer<String> answer = this.cache.get(request("prompt"),
				() -> "outer " + this.cache.get(request("prompt"), () -> "inner").value());
		assertThat(answer.value()).isEqualTo("outer inner");
	}

	@Test
	void otherPromptsDoNotWait() throws Exception {
		ask(1, "prompt", this::slowAnswer);
		this.started.await();
		assertThat(this.cache.get(request("other"), () -> "other answer").value()).isEqualTo("other answer");
	}

	@ParameterizedTest
	@ValueSource(strings = { "wording", "other wording" })
	void callsOfAnotherScopeDoNotWait(String prompt) throws Exception {
		this.callers.submit(() -> this.cache.get(request("wording", "tenant"), this::slowAnswer));
		this.started.await();
		CachedAnswer<String> answer = this.cache.get(request(prompt, "other tenant"), () -> "answer for the other one");
		assertThat(answer.value()).isEqualTo("answer for the other one");
		assertThat(answer.outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void interruptedCallDoesNotWaitOn() throws Exception {
		ask(1, "prompt", this::slowAnswer);
		this.started.await();
		AtomicReference<CachedAnswer<String>> answer = new AtomicReference<>();
		AtomicReference<Boolean> interrupted = new AtomicReference<>();
		Thread thread = new Thread(() -> {
			answer.set(this.cache.get(request("prompt"), () -> "own"));
			interrupted.set(Thread.currentThread().isInterrupted());
		});
		thread.start();
		Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		thread.interrupt();
		thread.join(10_000);
		assertThat(answer.get().value()).isEqualTo("own");
		assertThat(interrupted.get()).isTrue();
	}

	@Test
	void errorOfTheMethodLeavesNobodyWaiting() {
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> this.cache.get(request("prompt"), () -> {
			throw new StackOverflowError();
		}));
		assertThat(this.cache.get(request("prompt"), () -> "answer").value()).isEqualTo("answer");
	}

	@Test
	void callersOfAnotherWordingAreServedOnceItIsThere() throws Exception {
		this.cache.get(request("wording"), () -> "answer");
		List<Future<CachedAnswer<String>>> answers = ask(50, "other wording", this::slowAnswer);
		for (Future<CachedAnswer<String>> answer : answers) {
			assertThat(answer.get().outcome()).isEqualTo(Outcome.SEMANTIC);
		}
		assertThat(this.loads).hasValue(0);
	}

	private List<Future<CachedAnswer<String>>> ask(int count, String prompt, Loader<String, Exception> loader) {
		List<Future<CachedAnswer<String>>> answers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			answers.add(this.callers.submit(() -> this.cache.get(request(prompt), loader)));
		}
		return answers;
	}

	private String slowAnswer() throws InterruptedException {
		int number = this.loads.incrementAndGet();
		this.started.countDown();
		this.finish.await();
		return "answer " + number;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Until so many threads are inside of {@link Wait}.
	 */
	private void awaitWaiting(int count) throws InterruptedException {
		this.started.await();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> Thread.getAllStackTraces()
				.values()
				.stream()
				.filter((frames) -> Arrays.stream(frames)
					.anyMatch((frame) -> frame.getClassName().equals(Step.Wait.class.getName())))
				.count() >= count);
	}

	private static CacheRequest<String> request(String prompt, String scope) {
		return CacheRequest.forTask("support", String.class).prompt(prompt).scope(scope).semantic(true).build();
	}

	private static CacheRequest<String> request(String prompt) {
		return CacheRequest.forTask("support", String.class).prompt(prompt).semantic(true).build();
	}

	private LlmCache cache(Duration maxWait) {
		return builder(maxWait).build();
	}

	private LlmCacheBuilder builder(Duration maxWait) {
		this.store = new FailingStore(TestCaches.store());
		return TestCaches.builder(this.store, this.embedder, this.events, Runnable::run).maxWait(maxWait);
	}

	/**
	 * A value that callers may change.
	 */
	record Texts(List<String> texts) {

	}

}
