package io.github.llmcache.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.Reliability;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.explain.Explanation.Judgement;
import io.github.llmcache.explain.Explanation.Setting;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In a task in which the model is too sure, it has to be surer, and that shows without a
 * wrong hit.
 */
class CautionTests {

	private final CacheFixture fixture = new CacheFixture();

	private final Map<String, Double> opinions = new HashMap<>();

	private TrafficCalibration calibration;

	private int angle;

	@BeforeEach
	void prepare() {
		this.fixture.accuracy = Accuracy.UNMEASURED;
		this.fixture.verifier = (match) -> Verdict.refuse(Firmness.SOFT, "content-word", null);
		this.fixture.paraphrases = (prompt, cached) -> this.opinions.getOrDefault(prompt, 0.1);
		this.calibration = new TrafficCalibration(this.fixture.store, Runnable::run, this.fixture.clock, () -> 0.5,
				LlmCacheListener.NO_OP);
		this.fixture.calibration = this.calibration;
	}

	@Test
	void modelHasToBeSurerWhereWhatItNearlyServedWasWrong() {
		assertThat(twoWordings(0.97, "one", "another")).isEqualTo(Outcome.SEMANTIC);
		twoWordings(0.92, "one", "another");
		twoWordings(0.95, "one", "another");
		assertThat(caution()).isEqualTo(2);
		assertThat(twoWordings(0.97, "one", "another")).isEqualTo(Outcome.MISS);
		assertThat(twoWordings(0.99, "one", "another")).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void taskWhoseVerifierAloneDecidesIsCautiousToo() {
		this.fixture.accuracy = new Accuracy(Evidence.VERIFIER, 0.96, 0.01, 0);
		twoWordings(0.92, "one", "another");
		twoWordings(0.95, "one", "another");
		assertThat(twoWordings(0.97, "one", "another")).isEqualTo(Outcome.MISS);
	}

	@Test
	void modelNeedNotBeSurerWhereItWasRight() {
		twoWordings(0.92, "one", "one");
		twoWordings(0.95, "one", "one");
		assertThat(caution()).isOne();
		assertThat(twoWordings(0.97, "one", "another")).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void whatIsNeitherRightNorWrongForCertainDoesNotMakeItCautious() {
		this.fixture.equivalence = (comparison) -> AnswerEquivalence.Verdict.UNKNOWN;
		twoWordings(0.92, "one", "another");
		twoWordings(0.95, "one", "another");
		assertThat(caution()).isOne();
	}

	@Test
	void whatIsFarFromServedSaysNothingAboutTheModel() {
		for (int i = 0; i < 10; i++) {
			twoWordings(0.85, "one", "another");
		}
		assertThat(this.calibration.reliabilities()).isEmpty();
	}

	@Test
	void explanationSaysHowSureTheModelHasToBe() {
		twoWordings(0.92, "one", "another");
		twoWordings(0.95, "one", "another");
		String prompt = wordings(0.97, "one");
		Explanation explanation = this.fixture.build().explain(CacheFixture.question(prompt).build());
		assertThat(explanation.served().outcome()).isEqualTo(Outcome.MISS);
		Judgement judgement = explanation.candidates().get(0);
		assertThat(judgement.verdict().reason()).isEqualTo("caution");
		assertThat(judgement.verdict().detail()).contains("0.980");
		assertThat(explanation.settings()).contains(new Setting("min-probability", "0.941", true));
	}

	private double caution() {
		Reliability reliability = this.calibration.reliabilities().get("support");
		return reliability.caution();
	}

	/**
	 * Two wordings of a question, far from all others.
	 * @return what became of the second one
	 */
	private Outcome twoWordings(double probability, String answer, String freshAnswer) {
		String prompt = wordings(probability, answer);
		return this.fixture.build()
			.get(CacheFixture.question(prompt).build(), CountingLoader.answering(freshAnswer))
			.outcome();
	}

	private String wordings(double probability, String answer) {
		this.angle += 100;
		String cached = "cached question " + this.angle;
		String prompt = "question " + this.angle;
		this.fixture.angles.at(this.angle, cached);
		this.fixture.angles.at(this.angle + 20, prompt);
		this.opinions.put(prompt, probability);
		this.fixture.build()
			.get(CacheFixture.question(cached).policy((policy) -> policy.minSimilarity(1.0)).build(),
					CountingLoader.answering(answer));
		return prompt;
	}

}
