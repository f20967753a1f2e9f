package io.github.llmcache.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.calibration.Calibration.Choice;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link GeneralEvidence}, {@link MatchFeatures} and {@link EvidenceModel}.
 */
class GeneralEvidenceTests {

	private static final String PROMPT = "my card was stolen";

	private final GeneralEvidence evidence = new GeneralEvidence();

	private Firmness firmness = Firmness.SOFT;

	private boolean precedent;

	private @Nullable Double paraphrase = 0.9;

	private final List<String> asked = new ArrayList<>();

	@Test
	void moreSupportersMakeACandidateMoreProbable() {
		double before = 0;
		for (int count = 1; count <= 4; count++) {
			double logit = logit(supporters(count), List.of());
			assertThat(logit).isGreaterThanOrEqualTo((count == 1) ? Double.NEGATIVE_INFINITY : before);
			before = logit;
		}
	}

	@Test
	void nearCandidateWithAnotherAnswerMakesItLessProbable() {
		Candidate other = candidate("what is my limit", "other", 0.89);
		assertThat(logit(supporters(3), List.of(other))).isLessThan(logit(supporters(3), List.of()));
	}

	@Test
	void anotherAnswerThatIsNearlyAsSimilarStandsAgainstIt() {
		Candidate far = candidate("what is my limit", "other", 0.89);
		assertThat(this.evidence.isCorroborated(summary(supporters(4), List.of(far)), false)).isTrue();
		Candidate near = candidate("what is my limit", "other", 0.91);
		assertThat(this.evidence.isCorroborated(summary(supporters(4), List.of(near)), false)).isFalse();
		assertThat(this.evidence.isCorroborated(summary(supporters(4), List.of(near)), true)).isFalse();
		assertThat(this.evidence.isDoubted(summary(supporters(4), List.of(near)))).isFalse();
	}

	@Test
	void modelIsNotAskedAboutOthersWhenItTakesThePromptForAnother() {
		this.paraphrase = 0.49;
		features(PROMPT, supporters(4));
		assertThat(this.asked).containsExactly("someone stole my card");
		this.paraphrase = 0.51;
		features(PROMPT, supporters(4));
		assertThat(this.asked).contains("my card got stolen", "a thief took my card", "card stolen");
	}

	@Test
	void opinionOfTheParaphraseModelCounts() {
		double asked = logit(supporters(1), List.of());
		this.paraphrase = 0.001;
		assertThat(logit(supporters(1), List.of())).isLessThan(asked);
		double doubtful = logit(supporters(1), List.of());
		this.paraphrase = null;
		assertThat(logit(supporters(1), List.of())).as("unknown is no better than improbable")
			.isLessThanOrEqualTo(doubtful);
	}

	@Test
	void oneEntryAloneIsNeverEnough() {
		this.paraphrase = 0.999;
		assertThat(isCorroborated(supporters(1))).isFalse();
		assertThat(isCorroborated(supporters(4))).isTrue();
	}

	@Test
	void modelHasToBeSureOfFewSupporters() {
		this.paraphrase = 0.7;
		assertThat(isCorroborated(supporters(3))).isFalse();
		assertThat(isCorroborated(supporters(4))).isTrue();
		this.paraphrase = 0.91;
		assertThat(isCorroborated(supporters(3))).isTrue();
	}

	@Test
	void doubtsOfTheModelAreAnObstacleUnlessTheyAreUnfounded() {
		this.paraphrase = 0.7;
		double[] doubted = summary(supporters(3), List.of());
		assertThat(this.evidence.isDoubted(doubted)).isTrue();
		assertThat(this.evidence.isCorroborated(doubted, false)).isFalse();
		assertThat(this.evidence.isCorroborated(doubted, true)).isTrue();
		assertThat(this.evidence.isDoubted(summary(supporters(4), List.of()))).as("none").isFalse();
		this.firmness = Firmness.FIRM;
		double[] deciding = summary(supporters(3), List.of());
		assertThat(this.evidence.isDoubted(deciding)).isFalse();
		assertThat(this.evidence.isCorroborated(deciding, true)).isFalse();
	}

	@Test
	void whatTheModelCannotTellIsDoubted() {
		this.paraphrase = null;
		assertThat(isCorroborated(supporters(4))).isFalse();
		assertThat(this.evidence.isDoubted(summary(supporters(4), List.of()))).isTrue();
	}

	@Test
	void decidingWordIsOutweighedByAPrecedentOnly() {
		this.firmness = Firmness.FIRM;
		assertThat(isCorroborated(supporters(4))).isFalse();
		this.precedent = true;
		assertThat(isCorroborated(supporters(4))).isTrue();
		this.firmness = Firmness.ABSOLUTE;
		assertThat(isCorroborated(supporters(4))).isFalse();
	}

	@Test
	void wordsThatOnlyThePromptHasAndThoseThatAllSupportersHaveAreWeighed() {
		assertThat(features("My cards!", "my card").subList(10, 14)).containsOnly(0.0);
		List<Double> other = features("weather in timbuktu", "weather in zanzibar");
		assertThat(other.get(10)).as("added").isEqualTo(1);
		assertThat(other.get(12)).as("lost").isEqualTo(1);
		assertThat(other.get(14)).as("words").isCloseTo(0.3, within(1e-9));
	}

	@Test
	void featuresAreCompleteOrNotUsed() {
		assertThat(GeneralEvidence.isComplete(features(PROMPT, PROMPT))).isTrue();
		assertThat(GeneralEvidence.isComplete(List.of(1.0))).isFalse();
		List<Double> spoilt = new ArrayList<>(features(PROMPT, PROMPT));
		spoilt.set(0, Double.NaN);
		assertThat(GeneralEvidence.isComplete(spoilt)).isFalse();
	}

	private List<Double> features(String prompt, String cached) {
		return features(prompt, List.of(candidate(cached, "answer", 0.9)));
	}

	private List<Double> features(String prompt, List<Candidate> supporters) {
		return features(prompt, supporters, List.of());
	}

	private List<Double> features(String prompt, List<Candidate> supporters, List<Candidate> others) {
		List<Candidate> candidates = new ArrayList<>(supporters);
		candidates.addAll(others);
		return this.evidence
			.features(new Choice(prompt, candidates, supporters.get(0), Verdict.refuse(this.firmness, "reason", null),
					supporters, this.precedent, this::opinion, (other) -> null), true);
	}

	private @Nullable Double opinion(Candidate candidate) {
		this.asked.add(candidate.entry().prompt());
		return this.paraphrase;
	}

	private boolean isCorroborated(List<Candidate> supporters) {
		return this.evidence.isCorroborated(summary(supporters, List.of()), false);
	}

	private double logit(List<Candidate> supporters, List<Candidate> others) {
		return summary(supporters, others)[1];
	}

	private double[] summary(List<Candidate> supporters, List<Candidate> others) {
		return this.evidence.summary(features(PROMPT, supporters, others));
	}

	private static List<Candidate> supporters(int count) {
		return List
			.of(candidate("someone stole my card", "answer", 0.95), candidate("my card got stolen", "answer", 0.94),
					candidate("a thief took my card", "answer", 0.93), candidate("card stolen", "answer", 0.92))
			.subList(0, count);
	}

	private static Candidate candidate(String prompt, String answer, double similarity) {
		CacheEntry entry = new CacheEntry(prompt, answer.getBytes(), null, Instant.EPOCH, Duration.ofHours(1),
				Duration.ZERO, Set.of());
		return new Candidate(new CacheKey(new Partition("id", "task", null, null, null), prompt), entry, similarity);
	}

}
