package io.github.llmcache.core;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.FeedbackEvent;
import io.github.llmcache.event.Reliability;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.feedback.FeedbackResult;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An answer that was reported to be wrong is not served again.
 */
class FeedbackTests {

	private static final String CACHED = "how do i cancel my order";

	private static final String ASKED = "how do i cancel my account";

	private final CacheFixture fixture = new CacheFixture();

	@BeforeEach
	void bringPromptsTogether() {
		this.fixture.angles.at(0, CACHED)
			.at(1, ASKED)
			.at(1, "How do I cancel my ACCOUNT?")
			.at(1, "Please, how do I cancel my account?")
			.at(1, "Could you please tell me how do I cancel my account? Thanks!")
			.at(2, "how can i cancel an order")
			.at(3, "i want to cancel an order")
			.at(1.5, "how can my account be closed");
	}

	@Test
	void wrongAnswerGoesAndTheMethodAnswersNextTime() {
		LlmCache cache = this.fixture.build();
		ask(cache, CACHED, "order");
		CachedAnswer<Answer> wrong = ask(cache, ASKED, "account");
		assertThat(wrong.outcome()).isEqualTo(Outcome.SEMANTIC);
		FeedbackResult result = cache.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(ASKED));
		assertThat(result).isEqualTo(new FeedbackResult(true, true, 1, false));
		assertThat(this.fixture.entryCount()).isZero();
		assertThat(this.fixture.events.feedback()).containsExactly(new FeedbackEvent("support", false));
		assertThat(this.fixture.events.evictions())
			.containsExactly(new EvictionEvent("support", EvictionEvent.Cause.EXPLICIT, 1));
		ask(cache, CACHED, "order");
		CachedAnswer<Answer> loaded = ask(cache, ASKED, "account");
		assertThat(loaded.outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.lastLookup().refusals()).containsExactly("feedback");
		assertThat(loaded.value().text()).isEqualTo("account");
		assertThat(ask(cache, ASKED, "account").outcome()).isEqualTo(Outcome.EXACT);
	}

	@ParameterizedTest
	@ValueSource(strings = { ASKED, "How do I cancel my ACCOUNT?", "Please, how do I cancel my account?",
			"Could you please tell me how do I cancel my account? Thanks!" })
	void promptInAnotherCaseOrWithCourtesiesIsNotMatchedEither(String prompt) {
		LlmCache cache = this.fixture.build();
		CachedAnswer<Answer> wrong = wrong(cache);
		cache.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(ASKED));
		ask(cache, CACHED, "order, newly worded");
		assertThat(ask(cache, prompt, "account").outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void courtesyInTheReportedPromptMakesNoDifference() {
		LlmCache cache = this.fixture.build();
		CachedAnswer<Answer> wrong = wrong(cache);
		cache.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt("Please, how do I cancel my account?"));
		ask(cache, CACHED, "order, newly worded");
		assertThat(ask(cache, ASKED, "account").outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void pairIsNotMatchedTheOtherWayRoundEither() {
		LlmCache cache = this.fixture.build();
		CachedAnswer<Answer> wrong = wrong(cache);
		cache.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(ASKED));
		ask(cache, ASKED, "account");
		assertThat(ask(cache, CACHED, "order").outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void otherPromptsAreServedAsBefore() {
		LlmCache cache = this.fixture.build();
		CachedAnswer<Answer> wrong = wrong(cache);
		cache.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(ASKED));
		ask(cache, CACHED, "order");
		assertThat(ask(cache, "how can i cancel an order", "order").outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void anotherEntryWithAnEqualAnswerIsNotServedInItsPlace() {
		LlmCache cache = this.fixture.build();
		refresh(cache, CACHED, "order");
		refresh(cache, "how can i cancel an order", "order");
		CachedAnswer<Answer> wrong = ask(cache, ASKED, "account");
		assertThat(wrong.outcome()).isEqualTo(Outcome.SEMANTIC);
		cache.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(ASKED));
		assertThat(this.fixture.entryCount()).isOne();
		assertThat(ask(cache, ASKED, "account").outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(cache, "i want to cancel an order", "order").outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void wrongAnswerToThePromptItselfIsNotServedFromAnotherWording() {
		LlmCache cache = this.fixture.build();
		refresh(cache, ASKED, "order");
		refresh(cache, CACHED, "order");
		CachedAnswer<Answer> wrong = ask(cache, ASKED, "account");
		assertThat(wrong.outcome()).isEqualTo(Outcome.EXACT);
		cache.feedback(Feedback.wrong("support", wrong.entryId()));
		CachedAnswer<Answer> loaded = ask(cache, ASKED, "account");
		assertThat(loaded.outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(cache, ASKED, "account").outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void refusedGroupDoesNotCorroborateAndIsNotJoined() {
		this.fixture.calibration = new TrafficCalibration(this.fixture.store, Runnable::run, this.fixture.clock,
				() -> 0.5, this.fixture.events);
		this.fixture.maxCandidates = 5;
		this.fixture.verifier = (match) -> Verdict.refuse(Firmness.SOFT, "content-word", null);
		this.fixture.paraphrases = (prompt, cached) -> 0.95;
		this.fixture.equivalence = (compared) -> AnswerEquivalence.Verdict
			.of(compared.answer().toString().contains("reset"));
		List<String> wordings = List.of("i forgot my password", "reset my password please",
				"how can i reset the password", "password reset", "my password does not work any more");
		for (int i = 0; i < wordings.size(); i++) {
			this.fixture.angles.at(10 + 5 * i, wordings.get(i));
		}
		String asked = "how do i get a new password";
		this.fixture.angles.at(0, asked);
		LlmCache cache = this.fixture.build();
		wordings.forEach((wording) -> refresh(cache, wording, "reset: " + wording));
		for (int i = 0; i < 12; i++) {
			this.fixture.angles.at(180 + i, "another question " + i);
			ask(cache, "another question " + i, i + "th answer");
		}
		CachedAnswer<Answer> wrong = ask(cache, asked, "new");
		assertThat(wrong.outcome()).as("corroborated").isEqualTo(Outcome.SEMANTIC);
		cache.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(asked));
		CachedAnswer<Answer> loaded = ask(cache, asked, "reset: new");
		assertThat(loaded.outcome()).isEqualTo(Outcome.MISS);
		CacheKey key = cache.explain(CacheFixture.question(asked).build()).key();
		CacheEntry entry = this.fixture.store.find(key).entry();
		assertThat(entry.group()).isEqualTo(entry.groupOfEqualAnswers());
	}

	@Test
	void withoutAPromptThoseThatWereServedLatelyCount() {
		LlmCache cache = this.fixture.build();
		CachedAnswer<Answer> wrong = wrong(cache);
		assertThat(cache.feedback(Feedback.wrong("support", wrong.entryId())).prompts()).isEqualTo(2);
		ask(cache, CACHED, "order, newly worded");
		assertThat(ask(cache, ASKED, "account").outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void promptDoesNotWaitForAnAnswerThatItMustNotBeGiven() throws Exception {
		LlmCache cache = this.fixture.build();
		CachedAnswer<Answer> wrong = wrong(cache);
		cache.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(ASKED));
		// the common pool has one thread where there are two processors
		Executor threads = (task) -> new Thread(task).start();
		CountDownLatch loading = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		CompletableFuture<CachedAnswer<Answer>> other = CompletableFuture
			.supplyAsync(() -> cache.get(CacheFixture.question(CACHED).build(), () -> {
				loading.countDown();
				assertThat(awaits(answered)).isTrue();
				return new Answer("order", 0);
			}), threads);
		assertThat(awaits(loading)).isTrue();
		CompletableFuture<CachedAnswer<Answer>> own = CompletableFuture.supplyAsync(() -> ask(cache, ASKED, "account"),
				threads);
		assertThat(own.get(20, TimeUnit.SECONDS).outcome()).as("without a wait, which lasts 30 s")
			.isEqualTo(Outcome.MISS);
		answered.countDown();
		assertThat(other.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.MISS);
	}

	private static boolean awaits(CountDownLatch latch) {
		try {
			return latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void explanationNamesTheFeedback() {
		LlmCache cache = this.fixture.build();
		CachedAnswer<Answer> wrong = wrong(cache);
		cache.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(ASKED));
		ask(cache, CACHED, "order");
		assertThat(cache.explain(CacheFixture.question(ASKED).build()).candidates()).singleElement()
			.satisfies((candidate) -> assertThat(candidate.verdict().reason()).isEqualTo("feedback"));
	}

	@Test
	void calibrationLearnsOnceFromEachHit() {
		TrafficCalibration calibration = measured();
		LlmCache cache = this.fixture.build();
		CachedAnswer<Answer> hit = wrong(cache);
		assertThat(cache.feedback(Feedback.right("support", hit.entryId()).withPrompt(ASKED)))
			.isEqualTo(new FeedbackResult(true, false, 0, true));
		assertThat(cache.feedback(Feedback.right("support", hit.entryId()).withPrompt(ASKED)).learned()).isFalse();
		Reliability reliability = calibration.reliabilities().get("support");
		assertThat(reliability.compared()).isOne();
		assertThat(reliability.wrong()).isZero();
		CachedAnswer<Answer> other = ask(cache, "how can my account be closed", "account");
		assertThat(cache.feedback(Feedback.wrong("support", other.entryId()).withPrompt("how can my account be closed"))
			.learned()).isTrue();
		assertThat(calibration.reliabilities().get("support").wrong()).isOne();
	}

	@Test
	void instanceThatDidNotServeTheAnswerJudgesItAgainAndLearns() {
		TrafficCalibration calibration = measured();
		CachedAnswer<Answer> hit = wrong(this.fixture.build());
		LlmCache other = this.fixture.build();
		assertThat(other.feedback(Feedback.wrong("support", hit.entryId()).withPrompt(ASKED)))
			.isEqualTo(new FeedbackResult(true, true, 1, true));
		assertThat(calibration.reliabilities().get("support").wrong()).isOne();
		assertThat(ask(other, CACHED, "order").outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask(other, ASKED, "account").outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void unknownEntryChangesNothing() {
		LlmCache cache = this.fixture.build();
		ask(cache, CACHED, "order");
		String id = ask(cache, CACHED, "order").entryId();
		assertThat(cache.feedback(Feedback.wrong("support", "unknown"))).isEqualTo(FeedbackResult.NOT_FOUND);
		assertThat(cache.feedback(Feedback.wrong("another task", id))).isEqualTo(FeedbackResult.NOT_FOUND);
		assertThat(this.fixture.entryCount()).isOne();
	}

	@Test
	void storeThatDoesNotKeepFeedbackSaysSo() {
		LlmCache cache = new LlmCacheBuilder(new PlainStore(), this.fixture.codec, this.fixture.keys).build();
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> cache.feedback(Feedback.wrong("support", "id")))
			.withMessageContaining("FeedbackStore");
	}

	private TrafficCalibration measured() {
		this.fixture.accuracy = new Accuracy(Evidence.AUTO, 0.95, 0.5, 0);
		TrafficCalibration calibration = new TrafficCalibration(this.fixture.store, Runnable::run, this.fixture.clock,
				() -> 0.5, this.fixture.events);
		this.fixture.calibration = calibration;
		return calibration;
	}

	/**
	 * A hit that is wrong.
	 */
	private static CachedAnswer<Answer> wrong(LlmCache cache) {
		ask(cache, CACHED, "order");
		CachedAnswer<Answer> wrong = ask(cache, ASKED, "account");
		assertThat(wrong.outcome()).isEqualTo(Outcome.SEMANTIC);
		return wrong;
	}

	private static CachedAnswer<Answer> ask(LlmCache cache, String prompt, String answer) {
		return cache.get(CacheFixture.question(prompt).build(), CountingLoader.answering(answer));
	}

	private static void refresh(LlmCache cache, String prompt, String answer) {
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			ask(cache, prompt, answer);
		}
	}

	/**
	 * Knows nothing.
	 */
	private static final class PlainStore implements CacheStore {

		@Override
		public Finding find(CacheKey key) {
			return new Finding(null, 0);
		}

		@Override
		public boolean put(CacheKey key, CacheEntry entry, long generation) {
			return false;
		}

		@Override
		public void remove(CacheKey key) {
		}

		@Override
		public long evict(EvictionSelector selector) {
			return 0;
		}

		@Override
		public Map<String, StoreUsage> usage() {
			return Map.of();
		}

	}

}
