package io.github.llmcache.test.contract;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AdmissionPolicy;
import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.cost.TokenCounter;
import io.github.llmcache.cost.UsageSource;
import io.github.llmcache.eviction.ImmediateEvictions;
import io.github.llmcache.eviction.PendingEvictions;
import io.github.llmcache.eviction.Transactions;
import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.judge.EquivalenceJudge.Inquiry;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.MatchRecord;
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

	@Test
	void calibrationThatIsCarelessFails() {
		assertThat(Failures.names(CarelessCalibration.class)).contains("whatIsNotServedIsNotAudited",
				"recordHasTheScopeOfItsCandidateSoThatItCanBeErased", "explanationSaysWhatIsDecided",
				"oneTaskDoesNotLearnFromAnother", "nothingIsLearnedWhereNobodyCanTell");
	}

	@Test
	void policiesThatRememberTheFirstRequestFail() {
		assertThat(Failures.names(StubbornPolicies.class)).contains("manyThreadsAreNotGivenThePoliciesOfOthers");
	}

	@Test
	void policiesThatIgnoreTheCodeFail() {
		assertThat(Failures.names(DeafPolicies.class))
			.contains("whatTheCodeAsksForIsAppliedWhereTheOperatorHasDecidedNothing", "taskThatIsNotCachedStaysSo");
	}

	@Test
	void admissionThatQuotesTheAnswerFails() {
		assertThat(Failures.names(TalkativeAdmission.class)).contains("reasonIsAWordInLowerCaseThatCanTagAMeter",
				"reasonsAreFew");
	}

	@Test
	void usageThatIsGuessedFails() {
		assertThat(Failures.names(GuessedUsage.class)).contains("usageThatIsNotKnownIsNotGuessed",
				"manyThreadsAreToldTheUsageOfTheirAnswers");
	}

	@Test
	void counterThatStopsAtTheWindowFails() {
		assertThat(Failures.names(TruncatingCounter.class)).containsOnly("longTextIsCountedToItsEnd");
	}

	@Test
	void transactionsThatNeverEndFail() {
		assertThat(Failures.names(EndlessTransactions.class)).contains("outsideOfATransactionNothingWaits",
				"rollbackEvictsNothing", "eachTransactionHasEvictionsOfItsOwn", "eachCacheHasEvictionsOfItsOwn",
				"transactionIsThatOfItsThread");
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

	/** Audits everything, and learns from everybody that nothing is right. */
	static class CarelessCalibration extends CalibrationContract {

		@Override
		protected Calibration createCalibration() {
			AtomicInteger learned = new AtomicInteger();
			return new Calibration() {

				@Override
				public Decision decide(String task, Accuracy accuracy, Choice choice) {
					return new Decision(choice.verdict().accepted() && learned.get() == 0, true,
							new MatchRecord(List.of(1.0), 0.5, true));
				}

				@Override
				public boolean wouldServe(String task, Accuracy accuracy, Choice choice) {
					return learned.get() == 0;
				}

				@Override
				public void learn(String task, Accuracy accuracy, MatchRecord matchRecord, boolean served,
						Verdict verdict) {
					learned.incrementAndGet();
				}

			};
		}

	}

	static class StubbornPolicies extends CachePoliciesContract {

		private final Map<String, CachePolicy> known = new ConcurrentHashMap<>();

		@Override
		protected CachePolicies policies() {
			return (task, requested) -> this.known.computeIfAbsent(task,
					(name) -> requested.applyTo(CachePolicy.DEFAULT));
		}

	}

	static class DeafPolicies extends CachePoliciesContract {

		@Override
		protected CachePolicies policies() {
			return (task, requested) -> CachePolicy.DEFAULT;
		}

	}

	static class TalkativeAdmission extends AdmissionPolicyContract {

		@Override
		protected AdmissionPolicy policy() {
			return (task, value) -> admitted().equals(value) ? null : "not " + value;
		}

		@Override
		protected Object admitted() {
			return "By mail.";
		}

		@Override
		protected Object rejected() {
			return "";
		}

	}

	static class GuessedUsage extends UsageSourceContract {

		@Override
		protected UsageSource source() {
			return (task, answer) -> usage();
		}

		@Override
		protected Object answer() {
			return "By mail.";
		}

		@Override
		protected TokenUsage usage() {
			return TokenUsage.reported(10, 3);
		}

	}

	static class TruncatingCounter extends TokenCounterContract {

		@Override
		protected TokenCounter counter() {
			return (text) -> Math.min(256, TokenCounter.BY_LENGTH.count(text));
		}

	}

	/** Takes everything for one transaction, which has just committed. */
	static class EndlessTransactions extends TransactionsContract {

		private final AtomicReference<PendingEvictions> pending = new AtomicReference<>();

		@Override
		protected Transactions transactions() {
			return new Transactions() {

				@Override
				public PendingEvictions current(ImmediateEvictions evictions) {
					return EndlessTransactions.this.pending.get();
				}

				@Override
				public PendingEvictions join(ImmediateEvictions evictions) {
					EndlessTransactions.this.pending.compareAndSet(null, new PendingEvictions(evictions));
					return EndlessTransactions.this.pending.get();
				}

			};
		}

		@Override
		protected void commit(Runnable work) {
			work.run();
			PendingEvictions joined = this.pending.get();
			if (joined != null) {
				joined.committed();
			}
		}

		@Override
		protected void rollBack(Runnable work) {
			commit(work);
		}

	}

}
