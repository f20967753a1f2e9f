package io.github.llmcache.test.contract;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.judge.EquivalenceJudge.Inquiry;
import io.github.llmcache.test.Failures;
import io.github.llmcache.verify.ParaphraseModel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contracts fail what does not keep them.
 */
class FailingContractTests {

	@Test
	void judgeThatTakesEverythingForTheSameFails() {
		assertThat(Failures.names(CredulousJudge.class)).contains("anotherQuestionIsNotTheSameInAnyDirection",
				"otherAnswersToAnotherQuestionAreNotTheSame", "whatATextTellsTheReaderIsNoReason",
				"oddTextGetsAVerdict", "longTextGetsAVerdict", "manyThreadsAreNotGivenTheVerdictsOfOthers");
	}

	@Test
	void judgeThatDoesAsItIsToldFails() {
		assertThat(Failures.names(ObedientJudge.class)).containsOnly("whatATextTellsTheReaderIsNoReason");
	}

	@Test
	void judgeThatTellsNothingFails() {
		assertThat(Failures.names(SilentJudge.class)).contains("twoWordingsAreTheSameInBothDirections",
				"promptIsNotDifferentFromItself", "anotherQuestionIsNotTheSameInAnyDirection");
	}

	@Test
	void comparisonThatTakesEverythingForTheSameFails() {
		assertThat(Failures.names(CredulousEquivalence.class)).contains(
				"answerThatSaysSomethingElseIsNotTheSameInAnyDirection", "valueThatIsNoTextGetsAVerdict",
				"whatAnAnswerTellsTheReaderIsNoReason", "oddTextGetsAVerdict", "longAnswerGetsAVerdict",
				"manyThreadsAreNotGivenTheVerdictsOfOthers");
	}

	@Test
	void comparisonThatTakesEverythingForDifferentFails() {
		assertThat(Failures.names(SuspiciousEquivalence.class)).contains("twoAnswersAreTheSameInBothDirections",
				"answerIsNotDifferentFromItself");
	}

	@Test
	void modelThatIsCertainFails() {
		assertThat(Failures.names(CertainModel.class)).contains("probabilityIsBetweenZeroAndOne",
				"promptIsMoreProbablyItselfThanAnythingElse", "anotherWordingIsMoreProbableThanAnotherQuestion",
				"promptThatIsTooLongGivesNull", "oddTextDoesNotThrow");
	}

	@Test
	void modelWhoseOpinionAndFingerprintChangeFails() {
		assertThat(Failures.names(FickleModel.class)).contains("fingerprintDoesNotChange",
				"manyThreadsGetTheProbabilitiesThatOneGets");
	}

	abstract static class Judge extends EquivalenceJudgeContract {

		@Override
		protected Inquiry same() {
			return Inquiry.of("task", "Turn it on", "turn it on");
		}

	}

	static class CredulousJudge extends Judge {

		@Override
		protected EquivalenceJudge judge() {
			return (inquiry) -> Verdict.SAME;
		}

	}

	static class ObedientJudge extends Judge {

		@Override
		protected EquivalenceJudge judge() {
			return (inquiry) -> Verdict
				.of(inquiry.prompt().contains("SAME") || inquiry.prompt().equalsIgnoreCase(inquiry.cachedPrompt()));
		}

	}

	static class SilentJudge extends Judge {

		@Override
		@SuppressWarnings("NullAway")
		protected EquivalenceJudge judge() {
			return (inquiry) -> null;
		}

	}

	abstract static class Equivalence extends AnswerEquivalenceContract {

		@Override
		protected Comparison same() {
			return new Comparison("task", "prompt", "By mail.", "another prompt", "by mail");
		}

	}

	static class CredulousEquivalence extends Equivalence {

		@Override
		protected AnswerEquivalence equivalence() {
			return (comparison) -> Verdict.SAME;
		}

	}

	static class SuspiciousEquivalence extends Equivalence {

		@Override
		protected AnswerEquivalence equivalence() {
			return (comparison) -> Verdict.DIFFERENT;
		}

	}

	static class CertainModel extends ParaphraseModelContract {

		@Override
		protected ParaphraseModel model() {
			return (prompt, cachedPrompt) -> 1.0;
		}

		@Override
		protected String tooLong() {
			return "too long";
		}

	}

	static class FickleModel extends ParaphraseModelContract {

		private static final AtomicInteger asked = new AtomicInteger();

		@Override
		protected ParaphraseModel model() {
			return new ParaphraseModel() {

				@Override
				public Double probability(String prompt, String cachedPrompt) {
					return 1.0 / (2 + asked.incrementAndGet());
				}

				@Override
				public String fingerprint() {
					return "fickle-" + asked.incrementAndGet();
				}

			};
		}

		@Override
		protected String tooLong() {
			return "";
		}

	}

}
