package io.github.llmcache.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.event.AuditEvent;
import io.github.llmcache.event.AuditEvent.Result;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.Reliability;
import io.github.llmcache.event.Reliability.State;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Auditor}, through the engine and with the real calibration.
 */
class AuditorTests {

	private static final List<String> WORDINGS = List.of("i forgot my password", "reset my password please",
			"how can i reset the password", "password reset", "my password does not work any more");

	private static final String NEW_WORDING = "how do i get a new password";

	private final CacheFixture fixture = new CacheFixture();

	private String refused = "content-word";

	private String refusedAmongWordings = "content-word";

	private int otherAnswers = 12;

	private TrafficCalibration calibration;

	private final CountingLoader<Answer> same = CountingLoader.answering("the answer");

	private final CountingLoader<Answer> other = CountingLoader.answering("another one");

	@BeforeEach
	void measureEverything() {
		this.fixture.accuracy = new Accuracy(Evidence.CORROBORATED, 0.95, 0.05, 1);
		this.calibration = new TrafficCalibration(this.fixture.store, Runnable::run, this.fixture.clock, () -> 0.5,
				this.fixture.events);
		this.fixture.calibration = this.calibration;
		for (int i = 0; i < 200; i++) {
			this.fixture.angles.at(i * 0.05, "question " + i);
		}
	}

	@Test
	void hitOfTheSampleRunsTheMethodAndTheAnswersAreCompared() {
		LlmCache cache = this.fixture.build();
		ask(cache, 0, this.same);
		assertThat(ask(cache, 1, this.same).outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.same.calls()).isEqualTo(2);
		assertThat(this.fixture.events.audits()).containsExactly(new AuditEvent("support", Result.RIGHT));
		CachedAnswer<Answer> wrong = ask(cache, 2, this.other);
		assertThat(wrong.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(wrong.value().text()).as("the caller does not wait for the audit").isEqualTo("the answer");
		assertThat(this.fixture.events.audits()).last().isEqualTo(new AuditEvent("support", Result.WRONG));
		Reliability reliability = this.calibration.reliabilities().get("support");
		assertThat(reliability.compared()).isEqualTo(2);
		assertThat(reliability.wrong()).isOne();
		assertThat(reliability.share()).isEqualTo(0.5);
	}

	@Test
	void answerOfAnAuditIsStoredForItsPrompt() {
		LlmCache cache = this.fixture.build();
		ask(cache, 0, this.same);
		ask(cache, 1, this.other);
		CachedAnswer<Answer> answer = ask(cache, 1, this.same);
		assertThat(answer.outcome()).isEqualTo(Outcome.EXACT);
		assertThat(answer.value().text()).isEqualTo("another one");
	}

	@Test
	void taskThatExceedsItsBudgetServesExactHitsOnlyAndRecovers() {
		LlmCache cache = this.fixture.build();
		ask(cache, 0, this.same);
		ask(cache, 10, this.other);
		ask(cache, 21, this.same);
		assertThat(this.fixture.events.reliabilities()).singleElement()
			.satisfies((event) -> assertThat(event.reliability().state()).isEqualTo(State.SUSPENDED));
		assertThat(ask(cache, 22, this.same).outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.lastLookup().refusals()).containsExactly("error-budget");
		assertThat(ask(cache, 22, this.same).outcome()).isEqualTo(Outcome.EXACT);
		for (int i = 23; i < 90; i++) {
			ask(cache, i, this.same);
		}
		assertThat(this.calibration.reliabilities().get("support").state()).isEqualTo(State.DEFAULT);
		assertThat(ask(cache, 95, this.same).outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void missesTeachWhichRefusedCandidatesAreRight() {
		this.fixture.accuracy = new Accuracy(Evidence.AUTO, 0.95, 0.05, 0);
		this.fixture.verifier = (match) -> refusal("content-word");
		this.fixture.maxCandidates = 1;
		LlmCache cache = this.fixture.build();
		int misses = 0;
		while (ask(cache, misses, this.same).outcome() == Outcome.MISS && misses < 150) {
			misses++;
		}
		assertThat(misses).as("one for each label that the budget takes").isBetween(50, 80);
		assertThat(this.calibration.reliabilities().get("support").state()).isEqualTo(State.CALIBRATED);
		assertThat(this.fixture.events.lastLookup().refusals()).isEmpty();
	}

	@Test
	void firstHitThatTheThresholdAddsIsAudited() {
		this.fixture.accuracy = new Accuracy(Evidence.AUTO, 0.95, 0.05, 0.01);
		LlmCache cache = this.fixture.build();
		for (int i = 0; i < 5; i++) {
			ask(cache, i, this.same);
		}
		assertThat(this.fixture.events.audits()).as("the first hit alone").hasSize(1);
		this.fixture.verifier = (match) -> refusal("content-word");
		this.fixture.maxCandidates = 1;
		LlmCache refusing = this.fixture.build();
		int number = 5;
		while (ask(refusing, number, this.same).outcome() == Outcome.MISS && number < 150) {
			number++;
		}
		assertThat(number).isLessThan(150);
		assertThat(this.fixture.events.audits()).hasSize(2);
	}

	@Test
	void answersThatNobodyCanJudgeNeitherSuspendNorCalibrate() {
		this.fixture.accuracy = new Accuracy(Evidence.AUTO, 0.95, 0.05, 1);
		this.fixture.equivalence = (compared) -> AnswerEquivalence.Verdict.UNKNOWN;
		LlmCache cache = this.fixture.build();
		askEach(cache, 60);
		assertThat(this.fixture.events.audits()).hasSize(59).allMatch((audit) -> audit.result() == Result.UNKNOWN);
		this.fixture.verifier = (match) -> Verdict.refuse("content-word", null);
		askEach(this.fixture.build(), 200);
		Reliability reliability = this.calibration.reliabilities().get("support");
		assertThat(reliability.state()).isEqualTo(State.DEFAULT);
		assertThat(reliability.labels()).isZero();
		assertThat(reliability.unknown()).as("of what was served").isEqualTo(59);
		assertThat(reliability.unknownShare()).isEqualTo(1);
		assertThat(reliability.upper95()).isEqualTo(1);
	}

	@Test
	void answersThatNobodyCanJudgeAreCountedBesideThoseThatWereWrong() {
		this.fixture.accuracy = new Accuracy(Evidence.CORROBORATED, 0.95, 0.05, 1);
		this.fixture.equivalence = (compared) -> compared.prompt().endsWith("0") ? AnswerEquivalence.Verdict.DIFFERENT
				: AnswerEquivalence.Verdict.UNKNOWN;
		LlmCache cache = this.fixture.build();
		askEach(cache, 35);
		Reliability reliability = this.calibration.reliabilities().get("support");
		assertThat(reliability.wrong()).isEqualTo(3);
		assertThat(reliability.compared()).isEqualTo(3);
		assertThat(reliability.unknown()).isEqualTo(31);
		assertThat(reliability.lower95()).as("even if the others were right").isBetween(0.02, 0.05);
		assertThat(reliability.upper95()).as("of those that can be judged").isEqualTo(1);
	}

	@Test
	void judgeSeesBothPromptsBesideBothAnswers() {
		List<AnswerEquivalence.Comparison> seen = new ArrayList<>();
		this.fixture.equivalence = (compared) -> {
			seen.add(compared);
			return AnswerEquivalence.Verdict.SAME;
		};
		LlmCache cache = this.fixture.build();
		ask(cache, 0, this.same);
		ask(cache, 1, this.other);
		assertThat(seen).singleElement()
			.isEqualTo(new AnswerEquivalence.Comparison("support", "question 1", new Answer("another one", 11),
					"question 0", new Answer("the answer", 10)))
			.extracting(Object::toString)
			.asString()
			.doesNotContain("question", "answer 1", "another");
	}

	@Test
	void nothingIsLearnedOfATaskThatIsNotMeasured() {
		this.fixture.accuracy = Accuracy.UNMEASURED;
		LlmCache cache = this.fixture.build();
		ask(cache, 0, this.same);
		ask(cache, 1, this.same);
		assertThat(this.same.calls()).isOne();
		assertThat(this.calibration.reliabilities()).isEmpty();
	}

	@Test
	void methodThatFailsInAnAuditFailsNoCall() {
		LlmCache cache = this.fixture.build();
		ask(cache, 0, this.same);
		CachedAnswer<Answer> answer = cache.get(question("question 1").build(), () -> {
			throw new IllegalStateException("the model is busy");
		});
		assertThat(answer.value().text()).isEqualTo("the answer");
		assertThat(this.fixture.events.audits()).containsExactly(new AuditEvent("support", Result.FAILED));
		assertThat(this.fixture.events.failedParts()).containsExactly(Part.AUDIT);
		assertThat(this.calibration.reliabilities().get("support").labels()).isZero();
	}

	@Test
	void auditsThatCannotBeRunAreCounted() {
		this.fixture.auditExecutor = (task) -> {
			throw new RejectedExecutionException();
		};
		LlmCache cache = this.fixture.build();
		ask(cache, 0, this.same);
		assertThat(ask(cache, 1, this.same).outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.same.calls()).isOne();
		assertThat(this.fixture.events.audits()).containsExactly(new AuditEvent("support", Result.DROPPED));
	}

	@Test
	void agreeingAnswersOutweighARefusalForALesserWord() {
		holdFiveWordings();
		assertThat(askAgain("content-word")).isEqualTo(Outcome.SEMANTIC);
		assertThat(askAgain("negation")).as("a deciding word").isEqualTo(Outcome.MISS);
		assertThat(askAgain("told-by-a-judge")).as("of a verifier that is not ours").isEqualTo(Outcome.MISS);
	}

	@Test
	void answersOfATaskThatHasFewOutweighNothing() {
		this.otherAnswers = 7;
		holdFiveWordings();
		assertThat(askAgain("content-word")).isEqualTo(Outcome.MISS);
	}

	@Test
	void answersThatDisagreeOutweighNothing() {
		LlmCache cache = holdFiveWordings();
		for (int i = 0; i < WORDINGS.size(); i += 2) {
			cache.evict(EvictionSelector.task("support").withPrompt(WORDINGS.get(i)));
			cache.get(question(WORDINGS.get(i)).policy((policy) -> policy.minSimilarity(1.0)).build(), this.other);
		}
		assertThat(askAgain("content-word")).isEqualTo(Outcome.MISS);
	}

	@Test
	void decidingWordDoesNotMatterWhereWordingsOfTheAnswerDifferInTheSame() {
		holdFiveWordings();
		this.refusedAmongWordings = "negation";
		assertThat(askAgain("negation")).isEqualTo(Outcome.SEMANTIC);
		assertThat(askAgain("antonym")).isEqualTo(Outcome.MISS);
	}

	@Test
	void answerThatManyQuestionsShareCorroboratesNothing() {
		for (String text : List.of("yes", "No.", "42", "true")) {
			this.fixture.store.evict(EvictionSelector.all());
			LlmCache cache = holdFiveWordings();
			for (String wording : WORDINGS) {
				assertThat(cache.get(plain(wording), () -> text).isHit()).isFalse();
			}
			assertThat(cache.get(plain(NEW_WORDING), () -> text).outcome()).as(text).isEqualTo(Outcome.MISS);
		}
	}

	@Test
	void brokenVerifierIsNotOutweighed() {
		LlmCache cache = holdFiveWordings();
		this.fixture.verifier = (match) -> {
			throw new IllegalStateException("broken");
		};
		assertThat(cache.get(question(NEW_WORDING).build(), this.other).outcome()).isEqualTo(Outcome.SEMANTIC);
		cache = this.fixture.build();
		cache.evict(EvictionSelector.task("support").withPrompt(NEW_WORDING));
		assertThat(cache.get(question(NEW_WORDING).build(), this.other).outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void doubtsOfTheModelAreUnfoundedWhereAnswersAgreeAllTheSame() {
		LlmCache cache = holdFiveWordingsWithDoubts();
		assertThat(outcomes(cache, 0, 19, this.same)).containsOnly(Outcome.MISS);
		assertThat(askDoubted(cache, 19, this.other).outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(cache.explain(question(doubted(20)).build()).served().outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.calibration.reliabilities().get("support").compared()).isZero();
	}

	@Test
	void doubtsOfTheModelCountWhereAnswersDiffer() {
		LlmCache cache = holdFiveWordingsWithDoubts();
		assertThat(outcomes(cache, 0, 15, this.same)).containsOnly(Outcome.MISS);
		assertThat(outcomes(cache, 15, 20, this.other)).containsOnly(Outcome.MISS);
		assertThat(outcomes(cache, 20, 30, this.same)).containsOnly(Outcome.MISS);
	}

	@Test
	void feedbackOnWhatTheModelDoubtedMakesItsDoubtsCountAgain() {
		LlmCache cache = holdFiveWordingsWithDoubts();
		assertThat(outcomes(cache, 0, 19, this.same)).containsOnly(Outcome.MISS);
		CachedAnswer<Answer> wrong = askDoubted(cache, 19, this.other);
		assertThat(wrong.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(cache.feedback(Feedback.wrong("support", wrong.entryId()).withPrompt(doubted(19))).learned())
			.isTrue();
		assertThat(askDoubted(cache, 20, this.other).outcome()).isEqualTo(Outcome.MISS);
	}

	private List<Outcome> outcomes(LlmCache cache, int first, int end, CountingLoader<Answer> loader) {
		return IntStream.range(first, end).mapToObj((i) -> askDoubted(cache, i, loader).outcome()).toList();
	}

	private CachedAnswer<Answer> askDoubted(LlmCache cache, int number, CountingLoader<Answer> loader) {
		return cache.get(question(doubted(number)).build(), loader);
	}

	private static String doubted(int number) {
		return "reset my password" + " now".repeat(number + 1);
	}

	/**
	 * The model doubts all that is asked afterwards.
	 */
	private LlmCache holdFiveWordingsWithDoubts() {
		holdFiveWordings();
		this.fixture.paraphrases = (prompt, cached) -> 0.49;
		for (int i = 0; i <= 30; i++) {
			this.fixture.angles.at(i * 0.05, doubted(i));
		}
		return this.fixture.build();
	}

	private LlmCache holdFiveWordings() {
		this.fixture.accuracy = Accuracy.UNMEASURED;
		this.fixture.maxCandidates = 5;
		this.fixture.verifier = new ChangingVerifier();
		this.fixture.paraphrases = (prompt, cached) -> 0.94;
		for (int i = 0; i < WORDINGS.size(); i++) {
			this.fixture.angles.at(10 + 5 * i, WORDINGS.get(i));
		}
		this.fixture.angles.at(0, NEW_WORDING);
		LlmCache cache = this.fixture.build();
		for (int i = 0; i < this.otherAnswers; i++) {
			String other = "another question " + i;
			this.fixture.angles.at(180 + i, other);
			cache.get(question(other).build(), CountingLoader.answering("another answer " + i));
		}
		for (String wording : WORDINGS) {
			cache.get(question(wording).policy((policy) -> policy.minSimilarity(1.0)).build(), this.same);
		}
		return cache;
	}

	private static Verdict refusal(String reason) {
		return Verdict.refuse(reason.equals("content-word") ? Firmness.SOFT : Firmness.FIRM, reason, null);
	}

	private Outcome askAgain(String reason) {
		this.refused = reason;
		LlmCache cache = this.fixture.build();
		cache.evict(EvictionSelector.task("support").withPrompt(NEW_WORDING));
		return cache.get(question(NEW_WORDING).build(), this.other).outcome();
	}

	private static void askEach(LlmCache cache, int questions) {
		for (int i = 0; i < questions; i++) {
			Answer own = new Answer("answer " + i, 0);
			cache.get(question("question " + i).build(), () -> own);
		}
	}

	private static CacheRequest<String> plain(String prompt) {
		return CacheRequest.forTask("support", String.class).prompt(prompt).build();
	}

	private CachedAnswer<Answer> ask(LlmCache cache, int number, CountingLoader<Answer> loader) {
		return cache.get(question("question " + number).build(), loader);
	}

	/**
	 * Refuses for what the test says at the moment.
	 */
	private final class ChangingVerifier implements MatchVerifier {

		@Override
		public Verdict verify(Match match) {
			return refusal(match.prompt().equals(NEW_WORDING) ? AuditorTests.this.refused
					: AuditorTests.this.refusedAmongWordings);
		}

		@Override
		public String fingerprint() {
			return AuditorTests.this.refused + " " + AuditorTests.this.refusedAmongWordings;
		}

	}

}
