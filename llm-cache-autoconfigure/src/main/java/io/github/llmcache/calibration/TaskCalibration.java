package io.github.llmcache.calibration;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.calibration.Evidence.Count;
import io.github.llmcache.event.Reliability.State;
import io.github.llmcache.event.Reliability;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.store.LabelledMatch;
import io.github.llmcache.store.MatchRecord;

/**
 * What is known about one task. Reading is free of locks; learning is for one thread at a
 * time.
 * <p>
 * A candidate is served if the verifier accepts it, if it is corroborated, or if it is at
 * least as probable as a threshold. The threshold is the lowest one for which the upper
 * confidence bound on the share of wrong answers among all hits is within the budget,
 * tested from strict to loose; the first failure ends the test (fixed-sequence testing,
 * B. L. Wiens, 2003), so that the confidence holds for the whole sequence. Each answer
 * counts with the probability that it had before its label was known. No threshold is
 * taken whose own labels have a larger share of wrong answers than the budget, whatever
 * the other hits leave of it.
 * <p>
 * Misses are labels for the threshold. Hits alone are counted against the budget: when
 * the lower bound of those that were compared is above it, nothing is served until enough
 * later answers are right.
 */
final class TaskCalibration {

	/**
	 * What is served in any case is hardly ever compared, since that would cost calls.
	 * Its record with other tasks is added to what was compared: so many hits, so many of
	 * them wrong. See docs/accuracy.md.
	 */
	private static final int RECORD_COMPARED = 1_000;

	private static final int RECORD_WRONG = 4;

	/** With fewer labels at a threshold, it is not tested, however large the budget. */
	private static final int FEWEST_LABELS = 20;

	/** After how many labels weights and threshold are computed again. */
	private static final int INTERVAL = 10;

	private static final double STRICTEST = 0.99;

	private static final double LOOSEST = 0.6;

	private static final double STEP = 0.01;

	/** One wrong answer alone may be an error of the comparison. */
	private static final int WRONG_TO_SUSPEND = 2;

	/**
	 * Below this probability, a candidate needs the threshold, however much speaks for it
	 * by what was right with other tasks.
	 */
	private static final double LEAST_PROBABLE = 0.85;

	/** Sudden changes show in this many of the latest comparisons. */
	private static final int LATEST = 100;

	/**
	 * The model's doubts are unfounded if, with 95 % confidence, no more than this share
	 * of the candidates was wrong that it alone stood against. In tasks whose answers are
	 * coarser than questions, such as intents, 0 to 3 % are; in others about half of
	 * them: see docs/accuracy.md.
	 */
	private static final double MOST_UNFOUNDED = 0.15;

	/** Before there are labels: the general odds as they are. */
	private static final double[] PRIOR = { 0, 1, 0, 0 };

	/** How firmly the weights are held there: 1 / variance of a normal prior. */
	private static final double[] PRECISION = { 1, 1, 2, 1 };

	private final GeneralEvidence general;

	private final Evidence evidence = new Evidence();

	private final Caution caution = new Caution();

	private @Nullable Evidence sinceSuspension;

	private int untilNext = INTERVAL;

	private volatile Snapshot snapshot = new Snapshot(new LogisticRegression(PRIOR), null, false, new Count(0, 0, 0), 1,
			0, false, 1);

	TaskCalibration(GeneralEvidence general) {
		this.general = general;
	}

	Judgement judge(List<Double> features, boolean accepted, Accuracy accuracy) {
		Snapshot current = this.snapshot;
		double[] summary = this.general.summary(features);
		MatchRecord matchRecord = new MatchRecord(features, current.model().probability(summary), accepted);
		boolean always = isAlwaysServed(matchRecord, summary, accuracy, current.unfounded());
		boolean above = accuracy.isCalibrated() && isAbove(current.threshold(), matchRecord.probability());
		return new Judgement(matchRecord, always, !current.suspended() && (always || above));
	}

	State state() {
		return this.snapshot.state();
	}

	/**
	 * By how much the odds have to be higher than usual for the model to outweigh a
	 * refusal.
	 */
	double caution() {
		return this.snapshot.caution();
	}

	/**
	 * Whether a miss shows something about the model, even if nobody can tell whether the
	 * candidate was right.
	 */
	static boolean isNearMiss(MatchRecord matchRecord) {
		return GeneralEvidence.isComplete(matchRecord.features())
				&& Caution.isNearMiss(MatchFeatures.wording(matchRecord.features()));
	}

	/**
	 * What is known of the task's hits.
	 * @param unknown how many were compared since the last label and could not be judged
	 */
	Reliability reliability(long unknown) {
		Snapshot current = this.snapshot;
		Count count = current.count().withUnknown(unknown);
		double share = (count.compared() != 0) ? (double) count.wrong() / count.compared() : 0;
		return new Reliability(current.state(), current.suspended() ? null : current.threshold(), count.compared(),
				count.wrong(), count.unknown(), share, count.lowerBound(), Math.max(current.upperBound(), share),
				current.labels(), current.caution());
	}

	void learn(LabelledMatch labelled, Accuracy accuracy) {
		MatchRecord matchRecord = labelled.matchRecord();
		if (!GeneralEvidence.isComplete(matchRecord.features())) {
			return; // of another version
		}
		Snapshot current = this.snapshot;
		double[] summary = this.general.summary(matchRecord.features());
		Example example = new Example(summary, matchRecord.probability(), matchRecord.accepted(),
				isAlwaysServed(matchRecord, summary, accuracy, current.unfounded()), labelled.served(),
				labelled.verdict() != Verdict.DIFFERENT, labelled.time(), labelled.unlabelled(), labelled.unknown());
		if (!labelled.served() && isNearMiss(matchRecord)) {
			this.caution.add(example);
			this.snapshot = current.with(this.caution.factor());
		}
		if (labelled.verdict() != Verdict.UNKNOWN) {
			learn(example, accuracy);
		}
	}

	private void learn(Example example, Accuracy accuracy) {
		Snapshot current = this.snapshot;
		this.evidence.add(example);
		LogisticRegression model = current.model();
		Double threshold = current.threshold();
		this.untilNext--;
		if (this.untilNext == 0 || example.isWrongAddition()) {
			this.untilNext = INTERVAL;
			model = fit(model);
			threshold = accuracy.isCalibrated() ? threshold(accuracy.errorBudget()) : null;
		}
		Predicate<Example> like = likeServed(threshold);
		Predicate<Example> hits = like.and(Example::served);
		boolean suspended = accuracy.isMeasured() && isSuspended(example, hits, accuracy.errorBudget());
		this.snapshot = new Snapshot(model, threshold, suspended, this.evidence.count(hits),
				this.evidence.count(like).upperBound(), this.evidence.size(),
				this.evidence.count(this::isDoubted).upperBound() <= MOST_UNFOUNDED, current.caution());
	}

	private boolean isDoubted(Example example) {
		return !example.accepted() && this.general.isDoubted(example.summary());
	}

	/**
	 * Tells examples that would be served today, whether they were served or not.
	 */
	private static Predicate<Example> likeServed(@Nullable Double threshold) {
		return (example) -> example.always() || isAbove(threshold, example.probability());
	}

	private static boolean isAbove(@Nullable Double threshold, double probability) {
		return threshold != null && probability >= threshold;
	}

	/**
	 * Whether a candidate is served whatever the threshold is.
	 */
	private boolean isAlwaysServed(MatchRecord matchRecord, double[] summary, Accuracy accuracy, boolean unfounded) {
		return matchRecord.accepted() || switch (accuracy.evidence()) {
			case VERIFIER -> false;
			case CORROBORATED -> this.general.isCorroborated(summary, unfounded);
			case AUTO -> matchRecord.probability() >= LEAST_PROBABLE && this.general.isCorroborated(summary, unfounded);
		};
	}

	/**
	 * Fit to candidates that the verifier refuses, since only their probability matters.
	 */
	private LogisticRegression fit(LogisticRegression model) {
		List<Example> refused = this.evidence.all().filter((example) -> !example.accepted()).toList();
		double[][] summaries = new double[refused.size()][];
		boolean[] labels = new boolean[refused.size()];
		for (int i = 0; i < labels.length; i++) {
			summaries[i] = refused.get(i).summary();
			labels[i] = refused.get(i).right();
		}
		return model.fit(summaries, labels, PRIOR, PRECISION);
	}

	private @Nullable Double threshold(double budget) {
		Count audited = this.evidence.count(Example::always);
		long always = audited.compared() + this.evidence.unlabelled();
		double wrong = always * (double) (audited.wrong() + RECORD_WRONG) / (audited.compared() + RECORD_COMPARED);
		Double lowest = null;
		for (double level = STRICTEST; level >= LOOSEST; level -= STEP) {
			double candidate = level;
			Count added = this.evidence.count((example) -> !example.always() && example.probability() >= candidate);
			double allowed = budget * (always + added.compared()) - wrong;
			if (added.compared() < FEWEST_LABELS || new Count(added.compared(), 0, 0).upperWrong() > allowed) {
				continue; // cannot succeed, whatever the labels are: no test
			}
			if (added.wrong() > budget * added.compared() || added.upperWrong() > allowed) {
				break;
			}
			lowest = level;
		}
		return lowest;
	}

	private boolean isSuspended(Example example, Predicate<Example> hits, double budget) {
		Evidence later = this.sinceSuspension;
		if (later == null) {
			boolean exceeded = isExceeded(this.evidence.count(hits), budget)
					|| isExceeded(this.evidence.latest(hits, LATEST), budget);
			this.sinceSuspension = exceeded ? new Evidence() : null;
			return exceeded;
		}
		later.add(example);
		if (later.count(Example::always).upperBound() > budget) {
			return true;
		}
		this.sinceSuspension = null;
		this.evidence.replaceWith(later);
		return false;
	}

	private static boolean isExceeded(Count count, double budget) {
		return count.wrong() >= WRONG_TO_SUSPEND && count.lowerBound() > budget;
	}

	/**
	 * What is known about a candidate.
	 *
	 * @param matchRecord what to learn from
	 * @param always whether it is served whatever the threshold is, unless the task is
	 * suspended
	 * @param served whether it is served
	 */
	record Judgement(MatchRecord matchRecord, boolean always, boolean served) {

	}

	private record Snapshot(LogisticRegression model, @Nullable Double threshold, boolean suspended, Count count,
			double upperBound, long labels, boolean unfounded, double caution) {

		Snapshot with(double newCaution) {
			return new Snapshot(this.model, this.threshold, this.suspended, this.count, this.upperBound, this.labels,
					this.unfounded, newCaution);
		}

		State state() {
			if (this.suspended) {
				return State.SUSPENDED;
			}
			return (this.threshold != null) ? State.CALIBRATED : State.DEFAULT;
		}

	}

}
