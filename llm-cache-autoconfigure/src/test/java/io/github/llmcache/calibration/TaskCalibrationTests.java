package io.github.llmcache.calibration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.calibration.TaskCalibration.Judgement;
import io.github.llmcache.event.Reliability.State;
import io.github.llmcache.event.Reliability;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.store.LabelledMatch;
import io.github.llmcache.store.MatchRecord;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TaskCalibration}.
 */
@Tag("thorough")
class TaskCalibrationTests {

	/** Index of what stands against a candidate. */
	private static final int OBSTACLE = 15;

	private static final Accuracy CALIBRATED = new Accuracy(Evidence.AUTO, 0.95, 0.02, 0.02);

	private static final Accuracy CORROBORATED = new Accuracy(Evidence.CORROBORATED, 0.95, 0.02, 0);

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final GeneralEvidence GENERAL = new GeneralEvidence();

	private final TaskCalibration calibration = new TaskCalibration(GENERAL);

	@Test
	void nothingMoreThanTheVerifierAcceptsIsServedWithoutEvidence() {
		assertThat(isServed(0.95, false, CALIBRATED)).isFalse();
		assertThat(isServed(0.7, true, CALIBRATED)).isTrue();
		assertThat(this.calibration.reliability(0).state()).isEqualTo(State.DEFAULT);
		assertThat(this.calibration.reliability(0).upper95()).isEqualTo(1);
	}

	@Test
	void similarCandidatesAreServedOnceEnoughOfThemWereRight() {
		for (int i = 0; i < 400; i++) {
			learn(1, 0.95, false, (ignored) -> true);
			learn(1, 0.65, false, (ignored) -> false);
		}
		Reliability reliability = this.calibration.reliability(0);
		assertThat(reliability.state()).isEqualTo(State.CALIBRATED);
		assertThat(reliability.wrong()).isZero();
		assertThat(reliability.upper95()).isLessThanOrEqualTo(CALIBRATED.errorBudget());
		assertThat(isServed(0.95, false, CALIBRATED)).isTrue();
		assertThat(isServed(0.6, false, CALIBRATED)).isFalse();
		Accuracy uncalibrated = new Accuracy(Evidence.CORROBORATED, 0.95, 0.02, 0.02);
		assertThat(isServed(0.95, false, uncalibrated)).isFalse();
	}

	@Test
	void candidatesThatAreWrongTooOftenAreNeverServed() {
		learn(1_000, 0.95, false, (i) -> i % 20 != 0);
		assertThat(this.calibration.reliability(0).state()).isEqualTo(State.DEFAULT);
		assertThat(isServed(0.95, false, CALIBRATED)).isFalse();
		assertThat(this.calibration.reliability(0).labels()).isEqualTo(1_000);
	}

	@Test
	void taskIsSuspendedWhenItsBudgetIsExceededAndRecovers() {
		learn(1, 0.95, true, (i) -> false);
		assertThat(this.calibration.reliability(0).state()).as("one may be an error").isEqualTo(State.DEFAULT);
		learn(1, 0.95, true, (i) -> false);
		assertThat(this.calibration.reliability(0).state()).isEqualTo(State.SUSPENDED);
		assertThat(isServed(0.99, true, CALIBRATED)).isFalse();
		learn(140, 0.95, true, (i) -> true);
		assertThat(this.calibration.reliability(0).state()).isEqualTo(State.SUSPENDED);
		learn(10, 0.95, true, (i) -> true);
		assertThat(this.calibration.reliability(0).state()).isNotEqualTo(State.SUSPENDED);
		assertThat(isServed(0.99, true, CALIBRATED)).isTrue();
		assertThat(this.calibration.reliability(0).wrong()).isZero();
	}

	@Test
	void calibratedTaskWhoseTrafficChangesIsSuspended() {
		learn(900, 0.95, false, (i) -> true);
		int wrong = 0;
		while (this.calibration.reliability(0).state() != State.SUSPENDED && wrong < 50) {
			learn(1, 0.95, false, (i) -> false);
			wrong++;
		}
		assertThat(wrong).isBetween(2, 8);
	}

	@Test
	void missesAreLabelsAndNeverCountedAsHits() {
		learn(400, 0.95, false, (i) -> i != 0, false);
		Reliability reliability = this.calibration.reliability(0);
		assertThat(reliability.state()).isEqualTo(State.CALIBRATED);
		assertThat(reliability.labels()).isEqualTo(400);
		assertThat(reliability.compared()).isZero();
		assertThat(reliability.wrong()).isZero();
		assertThat(reliability.lower95()).isZero();
		assertThat(reliability.upper95()).as("judging by the misses").isLessThan(0.03);
	}

	@Test
	void budgetThatOthersLeaveIsNotSpentOnWhatIsOftenWrong() {
		serveInAnyCase(2_000);
		learn(29, 0.95, false, (i) -> i < 27, false);
		assertThat(this.calibration.reliability(0).state()).isEqualTo(State.DEFAULT);
		assertThat(isServed(0.95, false, CALIBRATED)).isFalse();
		assertThat(isServed(0.95, true, CALIBRATED)).isTrue();
	}

	@Test
	void thresholdIsGivenUpBeforeTheTaskIsSuspended() {
		serveInAnyCase(2_000);
		learn(40, 0.95, false, (i) -> true, false);
		assertThat(isServed(0.95, false, CALIBRATED)).isTrue();
		learn(2, 0.95, false, (i) -> false, true);
		assertThat(this.calibration.reliability(0).state()).isEqualTo(State.DEFAULT);
		assertThat(isServed(0.95, false, CALIBRATED)).isFalse();
		assertThat(isServed(0.95, true, CALIBRATED)).isTrue();
	}

	@Test
	void doubtsOfTheModelAreNoObstacleOnceAnswersHaveShownThemUnfounded() {
		learnDoubted(18, (i) -> true);
		assertThat(isDoubtedServed(CORROBORATED)).isFalse();
		learnDoubted(1, (i) -> true);
		assertThat(isDoubtedServed(CORROBORATED)).isTrue();
		assertThat(isDoubtedServed(CALIBRATED)).isTrue();
		assertThat(isDoubtedServed(new Accuracy(Evidence.VERIFIER, 0.95, 0.02, 0))).isFalse();
		assertThat(this.calibration.reliability(0).compared()).as("misses only").isZero();
	}

	@Test
	void doubtsOfTheModelCountAgainWhenTheyWereFounded() {
		learnDoubted(25, (i) -> true);
		assertThat(isDoubtedServed(CORROBORATED)).isTrue();
		learnDoubted(1, (i) -> false);
		assertThat(isDoubtedServed(CORROBORATED)).isFalse();
		learnDoubted(10, (i) -> true);
		assertThat(isDoubtedServed(CORROBORATED)).isTrue();
	}

	@Test
	void taskWhoseHitsAreNotMeasuredIsNotSuspended() {
		learnDoubted(60, (i) -> true);
		for (int i = 0; i < 2; i++) {
			MatchRecord doubted = this.calibration.judge(doubted(), false, CORROBORATED).matchRecord();
			this.calibration.learn(new LabelledMatch(doubted, true, Verdict.DIFFERENT, NOW, 0, 0), CORROBORATED);
		}
		assertThat(this.calibration.reliability(0).state()).isEqualTo(State.DEFAULT);
		assertThat(isServed(0.7, true, CORROBORATED)).isTrue();
		learnDoubted(10, (i) -> false);
		assertThat(isDoubtedServed(CORROBORATED)).isFalse();
	}

	@Test
	void doubtsThatAreOftenFoundedStayAnObstacle() {
		learnDoubted(500, (i) -> i % 5 != 0);
		assertThat(isDoubtedServed(CORROBORATED)).isFalse();
	}

	@Test
	void matchRecordsOfAnotherVersionAreIgnored() {
		MatchRecord other = new MatchRecord(List.of(1.0, 2.0), 0.9, true);
		this.calibration.learn(new LabelledMatch(other, true, Verdict.DIFFERENT, NOW, 0, 0), CALIBRATED);
		this.calibration.learn(new LabelledMatch(other, true, Verdict.DIFFERENT, NOW, 0, 0), CALIBRATED);
		assertThat(this.calibration.reliability(0).labels()).isZero();
	}

	/**
	 * A thousand tasks of random difficulty, each from nothing: the share of wrong
	 * answers among what is served at the end, known here because answers are drawn by
	 * chance, is above what was published in fewer than one of twenty.
	 */
	@Test
	void publishedBoundHoldsInNineteenOfTwentyTasks() {
		int runs = 1_000;
		Random random = new Random(7);
		int calibrated = 0;
		int boundBroken = 0;
		int budgetBroken = 0;
		for (int run = 0; run < runs; run++) {
			SimulatedTask task = new SimulatedTask(random);
			TaskCalibration learned = new TaskCalibration(GENERAL);
			task.run(learned, 800);
			Reliability reliability = learned.reliability(0);
			double share = task.wrongAmongServed(learned);
			calibrated += (reliability.state() == State.CALIBRATED) ? 1 : 0;
			boundBroken += (share > reliability.upper95()) ? 1 : 0;
			budgetBroken += (reliability.state() == State.CALIBRATED && share > CALIBRATED.errorBudget()) ? 1 : 0;
		}
		assertThat(calibrated).isGreaterThan(runs / 10);
		assertThat(boundBroken).isLessThanOrEqualTo(runs / 20);
		assertThat(budgetBroken).isLessThanOrEqualTo(runs / 20);
	}

	private void learn(int count, double similarity, boolean accepted, IntPredicate right) {
		for (int i = 0; i < count; i++) {
			Judgement judgement = this.calibration.judge(features(similarity, 0.2, 1), accepted, CALIBRATED);
			this.calibration.learn(new LabelledMatch(judgement.matchRecord(), judgement.served(),
					Verdict.of(right.test(i)), NOW, 0, 0), CALIBRATED);
		}
	}

	private void learn(int count, double similarity, boolean accepted, IntPredicate right, boolean served) {
		for (int i = 0; i < count; i++) {
			Judgement judgement = this.calibration.judge(features(similarity, 0.2, 1), accepted, CALIBRATED);
			this.calibration.learn(
					new LabelledMatch(judgement.matchRecord(), served, Verdict.of(right.test(i)), NOW, 0, 0),
					CALIBRATED);
		}
	}

	private void learnDoubted(int count, IntPredicate right) {
		for (int i = 0; i < count; i++) {
			MatchRecord doubted = this.calibration.judge(doubted(), false, CORROBORATED).matchRecord();
			this.calibration.learn(new LabelledMatch(doubted, false, Verdict.of(right.test(i)), NOW, 0, 0),
					CORROBORATED);
		}
	}

	private boolean isDoubtedServed(Accuracy accuracy) {
		return this.calibration.judge(doubted(), false, accuracy).served();
	}

	private static List<Double> doubted() {
		List<Double> features = new ArrayList<>(features(0.97, 0.3, 4));
		features.set(OBSTACLE, MatchFeatures.DOUBT);
		return features;
	}

	private void serveInAnyCase(long hits) {
		Judgement judgement = this.calibration.judge(features(0.95, 0.2, 1), true, CALIBRATED);
		this.calibration.learn(new LabelledMatch(judgement.matchRecord(), true, Verdict.SAME, NOW, hits, 0),
				CALIBRATED);
	}

	private boolean isServed(double similarity, boolean accepted, Accuracy accuracy) {
		return this.calibration.judge(features(similarity, 0.2, 1), accepted, accuracy).served();
	}

	/**
	 * The more similar a candidate is, the more probable the model takes it for the same.
	 */
	private static List<Double> features(double similarity, double margin, int supporters) {
		double opinion = Math.max(-1, Math.min(0.6, 4 * similarity - 3.2));
		return List.of(similarity, margin, supporters / 5.0, Math.log1p(supporters), supporters / 5.0, opinion, -1.0,
				-1.0, 2.0, Math.log1p(5), 0.0, 0.0, 0.0, 0.0, 0.8, 0.0, 0.0);
	}

	/**
	 * Candidates of random similarity and margin, right with a probability that depends
	 * on both in a way that differs from task to task.
	 */
	private static final class SimulatedTask {

		private final Random random;

		private final double offset;

		private final double slope;

		SimulatedTask(Random random) {
			this.random = random;
			this.offset = 3 * random.nextGaussian();
			this.slope = 10 + 40 * random.nextDouble();
		}

		void run(TaskCalibration learned, int requests) {
			for (int i = 0; i < requests; i++) {
				List<Double> features = draw();
				boolean right = this.random.nextDouble() < probability(features);
				Judgement judgement = learned.judge(features, false, CALIBRATED);
				if (!judgement.served() || this.random.nextDouble() < CALIBRATED.auditRate()) {
					learned.learn(new LabelledMatch(judgement.matchRecord(), judgement.served(), Verdict.of(right), NOW,
							0, 0), CALIBRATED);
				}
			}
		}

		double wrongAmongServed(TaskCalibration learned) {
			List<Double> wrong = new ArrayList<>();
			for (int i = 0; i < 1_000; i++) {
				List<Double> features = draw();
				if (learned.judge(features, false, CALIBRATED).served()) {
					wrong.add(1 - probability(features));
				}
			}
			return wrong.stream().mapToDouble(Double::doubleValue).average().orElse(0);
		}

		private List<Double> draw() {
			double similarity = 0.6 + 0.4 * this.random.nextDouble();
			double margin = 0.3 * this.random.nextDouble();
			return features(similarity, margin, 1 + this.random.nextInt(5));
		}

		private double probability(List<Double> features) {
			double logit = this.offset + 2 + this.slope * (features.get(0) - 0.8 + features.get(1));
			return 1 / (1 + Math.exp(-logit));
		}

	}

}
