package io.github.llmcache.test.contract;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.calibration.Calibration.Choice;
import io.github.llmcache.calibration.Calibration.Decision;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.store.Partition;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link Calibration} must keep.
 */
public abstract class CalibrationContract {

	private static final String TASK = "support";

	private static final int MANY = 60;

	private final Entries entries = new Entries(new MutableClock());

	/**
	 * A calibration that has learned nothing yet; called once for each test.
	 * @return a calibration
	 */
	protected abstract Calibration createCalibration();

	static List<Accuracy> accuracies() {
		return List.of(Accuracy.UNMEASURED, accuracy(Evidence.VERIFIER, 0), accuracy(Evidence.VERIFIER, 1),
				accuracy(Evidence.CORROBORATED, 1), accuracy(Evidence.AUTO, 0.01), accuracy(Evidence.AUTO, 1));
	}

	private static Accuracy accuracy(Evidence evidence, double auditRate) {
		return new Accuracy(evidence, 0.95, 0.01, auditRate);
	}

	@ParameterizedTest
	@MethodSource("accuracies")
	void whatIsNotServedIsNotAudited(Accuracy accuracy) {
		Calibration calibration = createCalibration();
		choices().forEach((choice) -> assertIsSound(calibration.decide(TASK, accuracy, choice)));
	}

	@ParameterizedTest
	@MethodSource("accuracies")
	void recordHasTheScopeOfItsCandidateSoThatItCanBeErased(Accuracy accuracy) {
		Calibration calibration = createCalibration();
		choices().forEach((choice) -> {
			MatchRecord matchRecord = calibration.decide(TASK, accuracy, choice).matchRecord();
			if (matchRecord != null) {
				assertThat(matchRecord.scope()).isEqualTo(choice.best().key().partition().scope());
			}
		});
	}

	@ParameterizedTest
	@MethodSource("accuracies")
	void recordOfAnotherVersionDoesNoHarm(Accuracy accuracy) {
		Calibration calibration = createCalibration();
		assertIsSound(calibration.decideAgain(TASK, accuracy, null));
		for (List<Double> features : List.of(List.<Double>of(), List.of(1.0), List.of(Double.NaN, 1e300))) {
			assertIsSound(calibration.decideAgain(TASK, accuracy, new MatchRecord(features, 0.5, true)));
		}
		assertIsSound(calibration.decideAgain(TASK, accuracy,
				calibration.decide(TASK, accuracy, accepted(List.of(candidate(0, "one")))).matchRecord()));
	}

	@ParameterizedTest
	@MethodSource("accuracies")
	void explanationSaysWhatIsDecided(Accuracy accuracy) {
		Calibration calibration = createCalibration();
		choices().forEach((choice) -> {
			boolean explained = calibration.wouldServe(TASK, accuracy, choice);
			assertThat(calibration.decide(TASK, accuracy, choice).served()).isEqualTo(explained);
		});
	}

	@ParameterizedTest
	@MethodSource("accuracies")
	void taskIsServedBeforeAnythingIsLearned(Accuracy accuracy) {
		assertThat(createCalibration().isServing(TASK, accuracy)).isTrue();
	}

	@ParameterizedTest
	@MethodSource("accuracies")
	void taskThatServesNothingSaysSo(Accuracy accuracy) {
		Calibration calibration = createCalibration();
		learn(calibration, TASK, accuracy, AnswerEquivalence.Verdict.DIFFERENT);
		if (!calibration.isServing(TASK, accuracy)) {
			choices().forEach((choice) -> {
				assertThat(calibration.decide(TASK, accuracy, choice).served()).isFalse();
				assertThat(calibration.wouldServe(TASK, accuracy, choice)).isFalse();
			});
		}
	}

	@ParameterizedTest
	@MethodSource("accuracies")
	void oneTaskDoesNotLearnFromAnother(Accuracy accuracy) {
		Calibration calibration = createCalibration();
		List<Boolean> before = explain(calibration, accuracy);
		learn(calibration, "another task", accuracy, AnswerEquivalence.Verdict.DIFFERENT);
		assertThat(calibration.isServing(TASK, accuracy)).isTrue();
		assertThat(explain(calibration, accuracy)).isEqualTo(before);
	}

	@ParameterizedTest
	@MethodSource("accuracies")
	void nothingIsLearnedWhereNobodyCanTell(Accuracy accuracy) {
		Calibration calibration = createCalibration();
		List<Boolean> before = explain(calibration, accuracy);
		learn(calibration, TASK, accuracy, AnswerEquivalence.Verdict.UNKNOWN);
		assertThat(calibration.isServing(TASK, accuracy)).isTrue();
		assertThat(explain(calibration, accuracy)).isEqualTo(before);
	}

	@Test
	void manyThreadsDecideAndLearn() throws Exception {
		Calibration calibration = createCalibration();
		Accuracy accuracy = accuracy(Evidence.AUTO, 1);
		Concurrently.call(4, () -> {
			choices().forEach((choice) -> assertIsSound(calibration.decide(TASK, accuracy, choice)));
			learn(calibration, TASK, accuracy, AnswerEquivalence.Verdict.SAME);
			return true;
		});
		choices().forEach((choice) -> assertIsSound(calibration.decide(TASK, accuracy, choice)));
	}

	private static void assertIsSound(@Nullable Decision decision) {
		assertThat(decision).isNotNull().matches((sound) -> sound.served() || !sound.audited(), "audited, so served");
	}

	private List<Boolean> explain(Calibration calibration, Accuracy accuracy) {
		return choices().map((choice) -> calibration.wouldServe(TASK, accuracy, choice)).toList();
	}

	private void learn(Calibration calibration, String task, Accuracy accuracy, AnswerEquivalence.Verdict verdict) {
		for (int i = 0; i < MANY; i++) {
			Choice choice = accepted(List.of(candidate(i, "one")));
			MatchRecord matchRecord = calibration.decide(task, accuracy, choice).matchRecord();
			if (matchRecord != null) {
				calibration.learn(task, accuracy, matchRecord, true, verdict);
			}
		}
	}

	/**
	 * Candidates that the verifier accepts and refuses, alone and among others, with an
	 * opinion of a model and without.
	 */
	private Stream<Choice> choices() {
		List<Candidate> agreeing = IntStream.range(0, 4).mapToObj((i) -> candidate(i, "same")).toList();
		List<Candidate> differing = IntStream.range(0, 12).mapToObj((i) -> candidate(i, "answer " + i)).toList();
		return Stream.of(List.of(candidate(0, "one")), agreeing, differing)
			.flatMap((candidates) -> Stream.of(accepted(candidates), refused(candidates, Firmness.SOFT, 0.99),
					refused(candidates, Firmness.SOFT, null), refused(candidates, Firmness.FIRM, 0.2),
					refused(candidates, Firmness.ABSOLUTE, 0.99)));
	}

	private Choice accepted(List<Candidate> candidates) {
		return choice(candidates, Verdict.accept(), 0.99);
	}

	private Choice refused(List<Candidate> candidates, Firmness firmness, @Nullable Double opinion) {
		return choice(candidates, Verdict.refuse(firmness, "content-word", null), opinion);
	}

	// NullAway does not see in class files that an opinion may be null
	@SuppressWarnings("NullAway")
	private static Choice choice(List<Candidate> candidates, Verdict verdict, @Nullable Double opinion) {
		Candidate best = candidates.get(0);
		List<Candidate> supporters = candidates.stream()
			.filter((candidate) -> candidate.entry().group().equals(best.entry().group()))
			.toList();
		return new Choice("How do I turn on dark mode?", candidates, best, verdict, supporters, false,
				(candidate) -> opinion, (candidate) -> opinion);
	}

	private Candidate candidate(int number, String answer) {
		Partition partition = Entries.partition(TASK, "model", null, "tenant");
		String prompt = "how can I turn on dark mode " + number;
		return new Candidate(Entries.key(partition, prompt),
				this.entries.entry(prompt, answer, Entries.vector(number), Set.of()), 0.95 - number * 0.01);
	}

}
