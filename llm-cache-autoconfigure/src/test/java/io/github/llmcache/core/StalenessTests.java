package io.github.llmcache.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.policy.Staleness;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FailingStore;
import io.github.llmcache.verify.MatchVerifier;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Answers that are served although newer ones would be better, by choice only.
 */
class StalenessTests {

	private static final Duration KEPT = Duration.ofMinutes(30);

	private final CacheFixture fixture = new CacheFixture();

	private final List<Runnable> background = new ArrayList<>();

	@BeforeEach
	void words() {
		this.fixture.angles.at(0, "prompt").at(1, "the prompt").at(90, "other");
		this.fixture.executor = this.background::add;
	}

	@Test
	void nothingIsServedBeyondItsTtlByDefault() {
		LlmCache cache = this.fixture.build();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL);
		assertThatIllegalStateException().isThrownBy(() -> fail(cache, "prompt"));
	}

	@Test
	void oldAnswerIsServedWhenTheMethodFails() {
		LlmCache cache = keeping();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL.plusMinutes(10));
		CachedAnswer<Answer> stale = fail(cache, "prompt");
		assertThat(stale.outcome()).isEqualTo(Outcome.STALE);
		assertThat(stale.value().text()).isEqualTo("old");
		assertThat(stale.age()).isEqualTo(CacheFixture.TTL.plusMinutes(10));
		assertThat(this.fixture.events.lookups()).extracting(LookupEvent::outcome)
			.containsExactly(Outcome.MISS, Outcome.STALE);
		assertThat(this.fixture.events.loads()).extracting(LoadEvent::result)
			.containsExactly(LoadEvent.Result.SUCCESS, LoadEvent.Result.FAILURE);
	}

	@Test
	void oldAnswerIsNotServedWhenTheMethodAnswers() {
		LlmCache cache = keeping();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL);
		CachedAnswer<Answer> answer = answer(cache, "prompt", "new");
		assertThat(answer.outcome()).isEqualTo(Outcome.MISS);
		assertThat(answer.value().text()).isEqualTo("new");
		assertThat(answer(cache, "prompt", "newer").value().text()).isEqualTo("new");
		assertThat(this.fixture.events.lookups()).extracting(LookupEvent::outcome)
			.containsExactly(Outcome.MISS, Outcome.MISS, Outcome.EXACT);
	}

	@Test
	void oldAnswerOfAnotherWordingIsServedIfItWouldHaveBeenBefore() {
		LlmCache cache = keeping();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL);
		CachedAnswer<Answer> stale = fail(cache, "the prompt");
		assertThat(stale.outcome()).isEqualTo(Outcome.STALE);
		assertThat(stale.matchedPrompt()).isEqualTo("prompt");
		assertThatIllegalStateException().isThrownBy(() -> fail(cache, "other"));
	}

	@Test
	void oldAnswerThatTheVerifierRefusesIsNotServed() {
		this.fixture.verifier = (match) -> MatchVerifier.Verdict.refuse("antonym", null);
		LlmCache cache = keeping();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL);
		assertThatIllegalStateException().isThrownBy(() -> fail(cache, "the prompt"));
	}

	@Test
	void freshAnswerOfAnotherWordingIsServedBeforeAnOldOne() {
		LlmCache cache = keeping();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL);
		answer(cache, "the prompt", "new");
		CachedAnswer<Answer> answer = answer(cache, "prompt", "newer");
		assertThat(answer.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(answer.value().text()).isEqualTo("new");
	}

	@Test
	void answerIsGoneWhenItIsTooOldForThat() {
		LlmCache cache = keeping();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL.plus(KEPT));
		assertThatIllegalStateException().isThrownBy(() -> fail(cache, "prompt"));
	}

	@Test
	void evictedAnswerIsNotServed() {
		LlmCache cache = keeping();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL);
		assertThatIllegalStateException().isThrownBy(() -> cache.get(question("prompt").build(), () -> {
			cache.evict(EvictionSelector.all());
			throw new IllegalStateException("overloaded");
		}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "prompt", "the prompt" })
	void answerThatIsRemovedWhileTheMethodRunsIsNotServed(String wording) {
		FailingStore store = new FailingStore(this.fixture.store);
		this.fixture.store = store;
		LlmCache cache = keeping();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL);
		assertThatIllegalStateException().isThrownBy(() -> cache.get(question(wording).build(), () -> {
			store.finishEviction();
			throw new IllegalStateException("overloaded");
		}));
	}

	@Test
	void answerThatWasEvictedWhileACallWaitedIsNotServed() throws Exception {
		LlmCache cache = keeping();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL);
		CompletableFuture<CachedAnswer<Answer>> second = new CompletableFuture<>();
		assertThatIllegalStateException().isThrownBy(() -> cache.get(question("prompt").build(), () -> {
			Thread waiting = new Thread(
					() -> second.completeExceptionally(catchThrowable(() -> fail(cache, "prompt"))));
			waiting.start();
			Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
			cache.evict(EvictionSelector.all());
			throw new IllegalStateException("overloaded");
		}));
		assertThat(second).failsWithin(Duration.ofSeconds(20));
	}

	@Test
	void newerAnswerIsServedWhenTheMethodFails() {
		LlmCache cache = keeping();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL);
		CachedAnswer<Answer> answer = cache.get(question("prompt").build(), () -> {
			try (CallControl.Scope scope = CallControl.refresh().apply()) {
				answer(cache, "prompt", "new");
			}
			throw new IllegalStateException("overloaded");
		});
		assertThat(answer.outcome()).isEqualTo(Outcome.EXACT);
		assertThat(answer.value().text()).isEqualTo("new");
	}

	@Test
	void callThatWantsAYoungAnswerIsNotServedAnOldOne() {
		LlmCache cache = keeping();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL);
		try (CallControl.Scope scope = CallControl.maxAge(Duration.ofMinutes(5)).apply()) {
			assertThatIllegalStateException().isThrownBy(() -> fail(cache, "prompt"));
		}
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			assertThatIllegalStateException().isThrownBy(() -> fail(cache, "prompt"));
		}
	}

	@Test
	void onlyTheExceptionsThatWereNamedAreMadeUpFor() {
		this.fixture.staleness = new Staleness(Duration.ZERO, KEPT, List.of(java.io.IOException.class));
		LlmCache cache = this.fixture.build();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(CacheFixture.TTL);
		assertThatIllegalStateException().isThrownBy(() -> fail(cache, "prompt"));
	}

	@Test
	void answerIsRefreshedInTheBackgroundOnce() {
		LlmCache cache = refreshing();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(Duration.ofMinutes(10));
		assertThat(answer(cache, "prompt", "new").value().text()).isEqualTo("old");
		assertThat(answer(cache, "prompt", "another").value().text()).isEqualTo("old");
		assertThat(this.background).hasSize(1);
		this.background.remove(0).run();
		CachedAnswer<Answer> refreshed = answer(cache, "prompt", "unused");
		assertThat(refreshed.outcome()).isEqualTo(Outcome.EXACT);
		assertThat(refreshed.value().text()).isEqualTo("new");
		assertThat(refreshed.age()).isZero();
		assertThat(this.background).isEmpty();
	}

	@Test
	void refreshedAnswerIsFoundByOtherWordings() {
		LlmCache cache = refreshing();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(Duration.ofMinutes(10));
		answer(cache, "prompt", "new");
		this.background.remove(0).run();
		CachedAnswer<Answer> answer = answer(cache, "the prompt", "unused");
		assertThat(answer.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(answer.value().text()).isEqualTo("new");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 9 })
	void youngAnswerIsNotRefreshed(int minutes) {
		LlmCache cache = refreshing();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(Duration.ofMinutes(minutes));
		answer(cache, "prompt", "new");
		assertThat(this.background).isEmpty();
	}

	@Test
	void refreshThatFailsLeavesTheOldAnswerAndIsTriedAgain() {
		LlmCache cache = refreshing();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(Duration.ofMinutes(10));
		fail(cache, "prompt");
		this.background.remove(0).run();
		assertThat(this.fixture.events.failedParts()).containsExactly(FailureEvent.Part.REFRESH);
		assertThat(answer(cache, "prompt", "new").value().text()).isEqualTo("old");
		assertThat(this.background).hasSize(1);
	}

	@Test
	void refreshIsForgottenIfNobodyCanDoIt() {
		this.fixture.executor = (task) -> {
			throw new java.util.concurrent.RejectedExecutionException();
		};
		LlmCache cache = refreshing();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(Duration.ofMinutes(10));
		assertThat(answer(cache, "prompt", "new").value().text()).isEqualTo("old");
	}

	@Test
	void evictionDuringARefreshWins() {
		LlmCache cache = refreshing();
		answer(cache, "prompt", "old");
		this.fixture.clock.advance(Duration.ofMinutes(10));
		answer(cache, "prompt", "outdated");
		cache.evict(EvictionSelector.all());
		this.background.remove(0).run();
		assertThat(answer(cache, "prompt", "new").value().text()).isEqualTo("new");
	}

	@Test
	void negativeTimesAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Staleness(Duration.ofSeconds(-1), Duration.ZERO, List.of()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Staleness(Duration.ZERO, Duration.ofSeconds(-1), List.of()));
	}

	private LlmCache keeping() {
		this.fixture.staleness = new Staleness(Duration.ZERO, KEPT, List.of(IllegalStateException.class));
		return this.fixture.build();
	}

	private LlmCache refreshing() {
		this.fixture.staleness = new Staleness(Duration.ofMinutes(10), Duration.ZERO, List.of());
		return this.fixture.build();
	}

	private static CachedAnswer<Answer> answer(LlmCache cache, String prompt, String text) {
		return cache.get(question(prompt).build(), () -> new Answer(text, 1));
	}

	private static CachedAnswer<Answer> fail(LlmCache cache, String prompt) {
		return cache.get(question(prompt).build(), () -> {
			throw new IllegalStateException("overloaded");
		});
	}

}
