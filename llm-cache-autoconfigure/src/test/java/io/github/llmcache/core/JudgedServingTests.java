package io.github.llmcache.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.JudgeEvent.Result;
import io.github.llmcache.judge.EquivalenceJudge.Inquiry;
import io.github.llmcache.judge.JudgeSettings;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A judge that is asked before serving, through the engine. It takes two prompts for the
 * same as the test says, and is asked about what the guards refuse.
 */
class JudgedServingTests {

	private final CacheFixture fixture = new CacheFixture();

	private final CountingLoader<Answer> loader = CountingLoader.answering("new");

	private final List<String> asked = new ArrayList<>();

	private final Set<String> same = new java.util.HashSet<>();

	private final Map<String, Double> probabilities = new HashMap<>();

	@BeforeEach
	void setUp() {
		this.fixture.angles.at(0, "turn on").at(5, "switch on").at(10, "turn off").at(20, "enable");
		this.fixture.verifier = (match) -> Verdict.refuse("content-word", null);
		this.fixture.paraphrases = (prompt, cachedPrompt) -> this.probabilities.getOrDefault(cachedPrompt, 0.5);
		this.fixture.judge = this::judge;
	}

	private AnswerEquivalence.Verdict judge(Inquiry inquiry) {
		String pair = inquiry.prompt() + " ~ " + inquiry.cachedPrompt();
		this.asked.add(pair);
		return AnswerEquivalence.Verdict.of(this.same.contains(pair));
	}

	@Test
	void candidateInTheGreyZoneIsServedIfTheJudgeSaysSoTwice() {
		LlmCache cache = cacheHolding("switch on");
		this.same.addAll(Set.of("turn on ~ switch on", "switch on ~ turn on"));
		CachedAnswer<Answer> answer = ask(cache, "turn on");
		assertThat(answer.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(answer.matchedPrompt()).isEqualTo("switch on");
		assertThat(this.fixture.events.lastLookup().refusals()).isEmpty();
		assertThat(this.asked).containsExactly("turn on ~ switch on", "switch on ~ turn on");
		assertThat(ask(cache, "turn on").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.asked).as("remembered").hasSize(2);
	}

	@Test
	void verdictThatIsNotConfirmedCountsForNothing() {
		LlmCache cache = cacheHolding("switch on");
		this.same.add("turn on ~ switch on");
		assertThat(ask(cache, "turn on").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.asked).containsExactly("turn on ~ switch on", "switch on ~ turn on");
		assertThat(this.fixture.events.lastLookup().refusals()).containsExactly("content-word");
	}

	@Test
	void anotherWordingWithTheSameAnswerConfirms() {
		LlmCache cache = cacheHolding("enable");
		store(cache, "switch on", "answer to enable");
		this.asked.clear();
		this.same.addAll(Set.of("turn on ~ switch on", "turn on ~ enable"));
		assertThat(ask(cache, "turn on").matchedPrompt()).isEqualTo("switch on");
		assertThat(this.asked).containsExactly("turn on ~ switch on", "turn on ~ enable");
	}

	@Test
	void probableCandidateNeedsNoConfirmation() {
		this.fixture.judgeSettings = with(0.8, 3);
		this.probabilities.put("switch on", 0.8);
		LlmCache cache = cacheHolding("switch on");
		this.same.add("turn on ~ switch on");
		assertThat(ask(cache, "turn on").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void mostProbableCandidatesComeFirstAndOnlySoMany() {
		this.fixture.judgeSettings = with(0, 2);
		this.probabilities.putAll(Map.of("switch on", 0.4, "turn off", 0.6, "enable", 0.9));
		LlmCache cache = cacheHolding("enable", "switch on", "turn off");
		assertThat(ask(cache, "turn on").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.asked).containsExactly("turn on ~ enable", "turn on ~ turn off");
	}

	@Test
	void whatTheModelTakesForImprobableIsNotAskedAbout() {
		this.probabilities.put("switch on", 0.29);
		LlmCache cache = cacheHolding("switch on");
		assertThat(ask(cache, "turn on").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void certainRefusalOfAGuardIsNeverOverruled() {
		this.fixture.verifier = (match) -> Verdict.refuse(Firmness.ABSOLUTE, "number", null);
		LlmCache cache = cacheHolding("switch on");
		this.same.addAll(Set.of("turn on ~ switch on", "switch on ~ turn on"));
		assertThat(ask(cache, "turn on").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void candidateThatTheVerifierFailsOnIsNotAskedAbout() {
		this.fixture.verifier = (match) -> {
			throw new IllegalStateException("broken");
		};
		LlmCache cache = cacheHolding("switch on");
		assertThat(ask(cache, "turn on").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void whatIsAcceptedAnywayIsNotAskedAbout() {
		this.fixture.verifier = (match) -> Verdict.accept();
		LlmCache cache = cacheHolding("switch on");
		assertThat(ask(cache, "turn on").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void failingJudgeIsAMissAndCounted() {
		this.fixture.judge = (inquiry) -> {
			throw new IllegalStateException("no connection");
		};
		LlmCache cache = cacheHolding("switch on");
		assertThat(ask(cache, "turn on").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.judgements()).extracting((event) -> event.result())
			.containsExactly(Result.FAILED);
	}

	@Test
	void judgeIsNotAskedBeforeServingUnlessThatIsWanted() {
		this.fixture.judgeSettings = JudgeSettings.DEFAULT;
		LlmCache cache = cacheHolding("switch on");
		this.same.addAll(Set.of("turn on ~ switch on", "switch on ~ turn on"));
		assertThat(ask(cache, "turn on").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.asked).isEmpty();
	}

	private static JudgeSettings with(double confirmBelow, int maxCandidates) {
		return new JudgeSettings(true, java.time.Duration.ofMinutes(1), 1_000, 0.3, confirmBelow, maxCandidates, 100);
	}

	private CachedAnswer<Answer> ask(LlmCache cache, String prompt) {
		return cache.get(question(prompt).build(), this.loader);
	}

	private LlmCache cacheHolding(String... prompts) {
		LlmCache cache = this.fixture.build();
		for (String prompt : prompts) {
			store(cache, prompt, "answer to " + prompt);
		}
		return cache;
	}

	private void store(LlmCache cache, String prompt, String answer) {
		CacheRequest<Answer> request = question(prompt).policy((policy) -> policy.minSimilarity(1.0)).build();
		assertThat(cache.get(request, CountingLoader.answering(answer)).outcome()).isEqualTo(Outcome.MISS);
	}

}
