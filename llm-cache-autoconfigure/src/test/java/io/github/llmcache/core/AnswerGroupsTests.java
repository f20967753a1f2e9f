package io.github.llmcache.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.group.AnswerGroups;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FailingStore;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Firmness;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnswerGroups}, through the engine.
 */
class AnswerGroupsTests {

	private static final List<String> WORDINGS = List.of("i forgot my password", "reset my password please",
			"how can i reset the password", "password reset", "my password does not work any more");

	private static final String NEW_WORDING = "how do i get a new password";

	private final CacheFixture fixture = new CacheFixture();

	private final List<Comparison> judged = new ArrayList<>();

	private Verdict verdict = Verdict.SAME;

	@BeforeEach
	void refuseEachWording() {
		this.fixture.calibration = new TrafficCalibration(this.fixture.store, Runnable::run, this.fixture.clock,
				() -> 0.5, this.fixture.events);
		this.fixture.maxCandidates = 5;
		this.fixture.verifier = (match) -> MatchVerifier.Verdict.refuse(Firmness.SOFT, "content-word", null);
		this.fixture.equivalence = (compared) -> {
			this.judged.add(compared);
			return this.verdict;
		};
		for (int i = 0; i < 10; i++) {
			this.fixture.angles.at(i, "wording " + i);
		}
	}

	@Test
	void answersThatAreJudgedTheSameFormAGroup() {
		LlmCache cache = this.fixture.build();
		load(cache, 0, "press reset");
		load(cache, 1, "you have to press reset");
		load(cache, 2, "reset is what to press");
		assertThat(group(cache, 1)).isEqualTo(group(cache, 0));
		assertThat(group(cache, 2)).isEqualTo(group(cache, 0));
		assertThat(this.judged).hasSize(2)
			.first()
			.isEqualTo(new Comparison("support", "wording 1", new Answer("you have to press reset", 0), "wording 0",
					new Answer("press reset", 0)));
	}

	@Test
	void answersThatAreDifferentOrThatNobodyCanJudgeDoNot() {
		LlmCache cache = this.fixture.build();
		load(cache, 0, "press reset");
		for (Verdict other : List.of(Verdict.DIFFERENT, Verdict.UNKNOWN)) {
			this.verdict = other;
			load(cache, 1 + other.ordinal(), "press " + other);
			assertThat(group(cache, 1 + other.ordinal())).isNotEqualTo(group(cache, 0));
		}
	}

	@Test
	void equalAnswersAreAGroupWithoutAJudge() {
		this.verdict = Verdict.DIFFERENT;
		LlmCache cache = this.fixture.build();
		load(cache, 0, "press reset");
		load(cache, 5, "press reset");
		assertThat(group(cache, 5)).isEqualTo(group(cache, 0));
		assertThat(this.judged).isEmpty();
	}

	@Test
	void equalAnswerJoinsTheGroupThatTheOtherHasJoined() {
		LlmCache cache = this.fixture.build();
		load(cache, 0, "press reset");
		load(cache, 1, "you have to press reset");
		this.verdict = Verdict.DIFFERENT;
		load(cache, 9, "you have to press reset");
		assertThat(group(cache, 9)).isEqualTo(group(cache, 0));
		assertThat(this.judged).hasSize(1);
	}

	@Test
	void fiveGroupsAreTriedAtMostTheNearestFirst() {
		this.verdict = Verdict.DIFFERENT;
		LlmCache cache = this.fixture.build();
		for (int i = 1; i < 10; i++) {
			load(cache, i, "answer " + i);
		}
		this.judged.clear();
		load(cache, 0, "answer 0");
		assertThat(this.judged).extracting(Comparison::cachedPrompt)
			.containsExactly("wording 1", "wording 2", "wording 3", "wording 4", "wording 5");
	}

	@Test
	void oneAnswerOfAGroupIsJudged() {
		LlmCache cache = this.fixture.build();
		for (int i = 1; i < 5; i++) {
			load(cache, i, "answer " + i);
		}
		this.judged.clear();
		this.verdict = Verdict.DIFFERENT;
		load(cache, 0, "answer 0");
		assertThat(this.judged).extracting(Comparison::cachedPrompt).containsExactly("wording 1");
	}

	@Test
	void answersAreNotComparedTwiceForALabelAndForAGroup() {
		this.fixture.accuracy = new Accuracy(Evidence.AUTO, 0.95, 0.05, 0);
		LlmCache cache = this.fixture.build();
		load(cache, 0, "press reset");
		load(cache, 1, "you have to press reset");
		assertThat(this.judged).hasSize(1);
		assertThat(group(cache, 1)).isEqualTo(group(cache, 0));
	}

	@Test
	void wordingsOfAGroupCorroborateEachOther() {
		holdFiveWordings();
		assertThat(askAgain()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void lookAlikesWhoseAnswersWereJudgedDifferentDoNot() {
		this.verdict = Verdict.DIFFERENT;
		holdFiveWordings();
		assertThat(askAgain()).isEqualTo(Outcome.MISS);
	}

	@Test
	void wordingsThatTheModelFindsDifferentCorroborateNothing() {
		holdFiveWordings();
		this.fixture.paraphrases = (prompt, cached) -> (!prompt.equals(NEW_WORDING) || cached.equals(WORDINGS.get(0)))
				? 0.94 : 0.2;
		assertThat(askAgain()).isEqualTo(Outcome.MISS);
	}

	@Test
	void judgeIsAskedWhenTheCallerHasItsAnswer() {
		Queue<Runnable> later = new ArrayDeque<>();
		this.fixture.auditExecutor = later::add;
		LlmCache cache = this.fixture.build();
		load(cache, 0, "press reset");
		load(cache, 1, "you have to press reset");
		assertThat(this.judged).isEmpty();
		assertThat(group(cache, 1)).isNotEqualTo(group(cache, 0));
		later.forEach(Runnable::run);
		assertThat(group(cache, 1)).isEqualTo(group(cache, 0));
	}

	@Test
	void answerThatWasEvictedMeanwhileDoesNotComeBack() {
		Queue<Runnable> later = new ArrayDeque<>();
		this.fixture.auditExecutor = later::add;
		LlmCache cache = this.fixture.build();
		load(cache, 0, "press reset");
		load(cache, 1, "you have to press reset");
		cache.evict(EvictionSelector.task("support").withPrompt("wording 1"));
		later.forEach(Runnable::run);
		assertThat(entry(cache, 1)).isNull();
	}

	@Test
	void answerOfAnAsynchronousCallJoinsAGroup() {
		LlmCache cache = this.fixture.build();
		load(cache, 0, "press reset");
		cache
			.getAsync(question("wording 1").build(),
					() -> CompletableFuture.completedFuture(new Answer("you have to press reset", 0)))
			.join();
		assertThat(group(cache, 1)).isEqualTo(group(cache, 0));
	}

	@Test
	void answerOfAnAuditJoinsTheGroupOfTheHit() {
		this.fixture.accuracy = new Accuracy(Evidence.CORROBORATED, 0.95, 0.05, 1);
		this.fixture.verifier = (match) -> MatchVerifier.Verdict.accept();
		LlmCache cache = this.fixture.build();
		load(cache, 0, "press reset");
		load(cache, 1, "you have to press reset");
		assertThat(this.judged).hasSize(1);
		assertThat(group(cache, 1)).isEqualTo(group(cache, 0));
	}

	@Test
	void taskWhoseVerifierAloneDecidesHasNobodyJudged() {
		this.fixture.accuracy = new Accuracy(Evidence.VERIFIER, 0.95, 0.05, 0);
		LlmCache cache = this.fixture.build();
		load(cache, 0, "press reset");
		load(cache, 1, "you have to press reset");
		assertThat(this.judged).isEmpty();
	}

	@Test
	void failuresFailNoCall() {
		FailingStore store = new FailingStore(this.fixture.store);
		this.fixture.store = store;
		this.fixture.equivalence = (compared) -> {
			throw new IllegalStateException("broken");
		};
		load(this.fixture.build(), 0, "press reset");
		load(this.fixture.build(), 1, "you have to press reset");
		assertThat(this.fixture.events.failedParts()).containsExactly(Part.AUDIT);
		this.fixture.auditExecutor = (task) -> {
			throw new RejectedExecutionException();
		};
		load(this.fixture.build(), 2, "reset is what to press");
		this.fixture.auditExecutor = (task) -> {
			store.failSearch = true;
			task.run();
		};
		load(this.fixture.build(), 3, "press it");
		assertThat(this.fixture.events.failedParts()).containsExactly(Part.AUDIT, Part.STORE);
	}

	/**
	 * Five wordings with an answer of its own each, in a task with other answers, too.
	 */
	private void holdFiveWordings() {
		this.fixture.paraphrases = (prompt, cached) -> 0.94;
		this.fixture.angles.at(0, NEW_WORDING);
		LlmCache cache = this.fixture.build();
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			for (int i = 0; i < WORDINGS.size(); i++) {
				this.fixture.angles.at(10 + 5 * i, WORDINGS.get(i));
				load(cache, WORDINGS.get(i), "one of many ways to say it: " + i);
			}
		}
		this.verdict = Verdict.DIFFERENT;
		for (int i = 0; i < 12; i++) {
			this.fixture.angles.at(180 + i, "another question " + i);
			load(cache, "another question " + i, "another answer " + i);
		}
	}

	private Outcome askAgain() {
		return this.fixture.build()
			.get(question(NEW_WORDING).build(), CountingLoader.answering("another answer"))
			.outcome();
	}

	private static void load(LlmCache cache, int wording, String answer) {
		load(cache, "wording " + wording, answer);
	}

	private static void load(LlmCache cache, String prompt, String answer) {
		cache.get(question(prompt).build(), () -> new Answer(answer, 0));
	}

	private String group(LlmCache cache, int wording) {
		return entry(cache, wording).group();
	}

	private CacheEntry entry(LlmCache cache, int wording) {
		return this.fixture.store.find(cache.explain(question("wording " + wording).build()).key()).entry();
	}

}
