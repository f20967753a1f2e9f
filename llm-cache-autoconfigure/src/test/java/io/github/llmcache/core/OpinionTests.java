package io.github.llmcache.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.explain.Explanation.Judgement;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the model that reads two prompts together changes about what is served.
 */
class OpinionTests {

	private static final String PROMPT = "explain how tides work";

	private final CacheFixture fixture = new CacheFixture();

	private final List<String> asked = new ArrayList<>();

	private final Map<String, Verdict> verdicts = new HashMap<>();

	private final Map<String, Double> opinions = new HashMap<>();

	@BeforeEach
	void prepare() {
		this.fixture.maxCandidates = 5;
		this.fixture.accuracy = new Accuracy(Evidence.VERIFIER, 0.9, 0.01, 0);
		this.fixture.verifier = (match) -> this.verdicts.getOrDefault(match.cachedPrompt(),
				Verdict.refuse(Firmness.SOFT, "content-word", null));
		this.fixture.paraphrases = this::opinion;
		this.fixture.angles.at(0, PROMPT);
	}

	@Test
	void sureModelOutweighsRefusal() {
		hold("can you explain tides to me?", 20, 0.95);
		assertThat(ask().outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void unsureModelDoesNot() {
		hold("can you explain tides to me?", 20, 0.85);
		assertThat(ask().outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void nothingOutweighsAbsoluteRefusal() {
		hold("explain how tides do not work", 20, 0.999);
		this.verdicts.put("explain how tides do not work", Verdict.refuse(Firmness.ABSOLUTE, "negation", null));
		assertThat(ask().outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void firmRefusalTakesMoreThanASoftOne() {
		hold("can you explain tides to me?", 20, 0.91);
		this.verdicts.put("can you explain tides to me?", Verdict.refuse(Firmness.FIRM, "modal", null));
		assertThat(ask().outcome()).isEqualTo(Outcome.MISS);
		this.opinions.put("can you explain tides to me?", 0.95);
		assertThat(askAgain().outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void modelThatIsSureOfTheContraryOutweighsAcceptance() {
		hold("explain how tide pools work", 20, 0.01);
		this.verdicts.put("explain how tide pools work", Verdict.accept());
		assertThat(ask().outcome()).isEqualTo(Outcome.MISS);
		this.opinions.put("explain how tide pools work", 0.3);
		assertThat(askAgain().outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void mostProbableCandidateIsServedNotTheMostSimilar() {
		hold("explain how ebbs work", 10, 0.91);
		hold("can you explain tides to me?", 20, 0.98);
		assertThat(ask().value().text()).isEqualTo("answer to can you explain tides to me?");
	}

	@Test
	void twoAnswersThatAreNearlyAsProbableAreAmbiguous() {
		hold("explain how ebbs work", 10, 0.95);
		hold("explain how floods work", 20, 0.96);
		this.opinions.put("explain how ebbs work/explain how floods work", 0.1);
		assertThat(ask().outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void twoWordingsOfOneNeedAreNot() {
		hold("can you tell me how tides work", 10, 0.95);
		hold("can you explain tides to me?", 20, 0.96);
		assertThat(ask().outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void modelIsAskedAboutThreeCandidatesAtMost() {
		for (int i = 0; i < 5; i++) {
			hold("another question " + i, 10 + i, 0.1);
		}
		assertThat(ask().outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.asked).hasSize(3);
	}

	@Test
	void restIsNotLookedAtWhereTheModelIsCertain() {
		hold("can you explain tides to me?", 10, 0.995);
		hold("explain how ebbs work", 20, 0.95);
		assertThat(ask().outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void atOneTheVerifierAloneDecides() {
		hold("can you explain tides to me?", 20, 0.999_999);
		this.fixture.accuracy = new Accuracy(Evidence.VERIFIER, 1, 0.01, 0);
		assertThat(ask().outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void modelThatFailsLeavesTheDecisionToTheVerifier() {
		hold("can you explain tides to me?", 20, 0.99);
		this.fixture.paraphrases = (prompt, cached) -> {
			throw new IllegalStateException("broken");
		};
		assertThat(ask().outcome()).isEqualTo(Outcome.MISS);
		this.verdicts.put("can you explain tides to me?", Verdict.accept());
		assertThat(askAgain().outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void explanationFindsAmbiguousWhatACallDoes() {
		hold("explain how ebbs work", 10, 0.95);
		hold("explain how floods work", 20, 0.96);
		this.opinions.put("explain how ebbs work/explain how floods work", 0.1);
		assertThat(explain()).extracting(Judgement::verdict).extracting(Verdict::reason).containsOnly("ambiguous");
		assertThat(explain()).extracting(Judgement::paraphrase).containsExactly(0.95, 0.96);
		assertThat(ask().outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void explanationDoesNotLetTheModelOutweighWhatACallDoesNotAskItAbout() {
		hold("can you explain tides to me?", 55, 0.95);
		this.fixture.minSimilarity = 0.5;
		assertThat(explain()).extracting(Judgement::verdict).extracting(Verdict::reason).containsOnly("content-word");
		assertThat(ask().outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void explanationAcceptsWhatACallServes() {
		hold("explain how ebbs work", 10, 0.1);
		hold("can you explain tides to me?", 20, 0.98);
		assertThat(explain()).extracting((judgement) -> judgement.verdict().accepted()).containsExactly(false, true);
		assertThat(ask().matchedPrompt()).isEqualTo("can you explain tides to me?");
	}

	private List<Judgement> explain() {
		return this.fixture.build().explain(CacheFixture.question(PROMPT).build()).candidates();
	}

	private @Nullable Double opinion(String prompt, String cached) {
		if (!prompt.equals(PROMPT)) {
			return this.opinions.getOrDefault(prompt + "/" + cached,
					this.opinions.getOrDefault(cached + "/" + prompt, 0.99));
		}
		this.asked.add(cached);
		return this.opinions.get(cached);
	}

	private void hold(String prompt, int angle, double probability) {
		this.fixture.angles.at(angle, prompt);
		this.opinions.put(prompt, probability);
		this.fixture.build()
			.get(CacheFixture.question(prompt).policy((policy) -> policy.minSimilarity(1.0)).build(),
					CountingLoader.answering("answer to " + prompt));
	}

	private CachedAnswer<Answer> ask() {
		this.asked.clear();
		return this.fixture.build().get(CacheFixture.question(PROMPT).build(), CountingLoader.answering("computed"));
	}

	private CachedAnswer<Answer> askAgain() {
		this.fixture.build().evict(EvictionSelector.task("support").withPrompt(PROMPT));
		return ask();
	}

}
