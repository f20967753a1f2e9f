package io.github.llmcache.audit;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.audit.Evidence.Count;
import io.github.llmcache.core.Accuracy;
import io.github.llmcache.core.LabelledObservation;
import io.github.llmcache.core.Observation;
import io.github.llmcache.core.Reliability;
import io.github.llmcache.core.Reliability.State;

/**
 * What is known about one task. Reading is free of locks; learning is for one thread at a
 * time.
 * <p>
 * Served is what the verifier accepts, and what is at least as probable as a threshold.
 * The threshold is the lowest one for which the upper confidence bound on the share of
 * wrong answers is within the budget, tested from strict to loose; the first failure ends
 * the test (fixed-sequence testing, B. L. Wiens, 2003), so that the confidence holds for
 * the whole sequence. Each observation counts with the probability that it had before its
 * label was known. When the lower bound is above the budget, nothing is served until
 * enough later observations are right.
 */
final class TaskCalibration {

	/**
	 * What is served in any case is hardly ever compared, since that would cost calls.
	 * Its record with other tasks stands for it when a threshold is looked for: so many
	 * observations, so many of them wrong. See docs/accuracy.md.
	 */
	private static final int RECORD_COMPARED = 100;

	private static final double RECORD_WRONG = 0.6;

	/** However large the budget is. */
	private static final int FEWEST_LABELS = 50;

	/** Labels after which weights and threshold are computed anew. */
	private static final int INTERVAL = 10;

	private static final double STRICTEST = 0.99;

	private static final double LOOSEST = 0.3;

	private static final double STEP = 0.01;

	/** One wrong answer alone may be an error of the comparison. */
	private static final int WRONG_TO_SUSPEND = 2;

	/** Sudden changes show in so many comparisons. */
	private static final int LATEST = 100;

	private final Evidence evidence = new Evidence();

	private @Nullable Evidence sinceSuspension;

	private int untilNext = INTERVAL;

	private volatile Snapshot snapshot = new Snapshot(new LogisticRegression(MatchFeatures.PRIOR), null, false,
			new Reliability(State.DEFAULT, null, 0, 0, 0, 0, 1, 0));

	double probability(List<Double> features) {
		return this.snapshot.model().probability(features);
	}

	boolean isServed(Observation observation, Accuracy accuracy) {
		Snapshot current = this.snapshot;
		return !current.suspended() && current.isServed(observation, accuracy);
	}

	Reliability reliability() {
		return this.snapshot.reliability();
	}

	void learn(LabelledObservation labelled, Accuracy accuracy) {
		if (!MatchFeatures.isComplete(labelled.observation().features())) {
			return; // of another version
		}
		this.evidence.add(labelled);
		Snapshot current = this.snapshot;
		LogisticRegression model = current.model();
		Double threshold = current.threshold();
		this.untilNext--;
		if (this.untilNext == 0) {
			this.untilNext = INTERVAL;
			model = fit(model);
			threshold = accuracy.isCalibrated() ? threshold(accuracy.errorBudget()) : null;
		}
		boolean suspended = isSuspended(labelled, current, accuracy.errorBudget());
		Snapshot next = new Snapshot(model, threshold, suspended, current.reliability());
		this.snapshot = next.with(reliability(next, accuracy));
	}

	private LogisticRegression fit(LogisticRegression model) {
		double[][] features = new double[this.evidence.size()][];
		boolean[] labels = new boolean[this.evidence.size()];
		int i = 0;
		for (LabelledObservation labelled : this.evidence.all()) {
			features[i] = LogisticRegression.values(labelled.observation().features());
			labels[i] = labelled.right();
			i++;
		}
		return model.fit(features, labels, MatchFeatures.PRIOR, MatchFeatures.PRECISION);
	}

	private @Nullable Double threshold(double budget) {
		int needed = Math.max(FEWEST_LABELS, ClopperPearson.trialsFor(RECORD_WRONG, budget) - RECORD_COMPARED);
		Double lowest = null;
		for (double level = STRICTEST; level >= LOOSEST; level -= STEP) {
			double candidate = level;
			Count count = this.evidence.count((labelled) -> isServed(labelled.observation(), candidate));
			if (count.compared() < needed) {
				continue; // cannot succeed, whatever the labels are: no test
			}
			if (ClopperPearson.upperBound(count.wrong() + RECORD_WRONG, count.compared() + RECORD_COMPARED) > budget) {
				break;
			}
			lowest = level;
		}
		return lowest;
	}

	private boolean isSuspended(LabelledObservation labelled, Snapshot current, double budget) {
		Evidence later = this.sinceSuspension;
		if (later == null) {
			boolean exceeded = isExceeded(this.evidence.count((seen) -> current.isServed(seen.observation())), budget)
					|| isExceeded(this.evidence.latest((seen) -> current.isServed(seen.observation()), LATEST), budget);
			this.sinceSuspension = exceeded ? new Evidence() : null;
			return exceeded;
		}
		later.add(labelled);
		if (later.count((seen) -> seen.observation().accepted()).upperBound() > budget) {
			return true;
		}
		this.sinceSuspension = null;
		this.evidence.replaceWith(later);
		return false;
	}

	private static boolean isExceeded(Count count, double budget) {
		return count.wrong() >= WRONG_TO_SUSPEND && count.lowerBound() > budget;
	}

	private Reliability reliability(Snapshot current, Accuracy accuracy) {
		Count count = this.evidence.count((seen) -> current.isServed(seen.observation()));
		double share = (count.compared() != 0) ? (double) count.wrong() / count.compared() : 0;
		State state = current.suspended() ? State.SUSPENDED
				: (current.threshold() != null) ? State.CALIBRATED : State.DEFAULT;
		return new Reliability(state, current.suspended() ? null : current.threshold(), count.compared(), count.wrong(),
				share, count.lowerBound(), count.upperBound(), this.evidence.size());
	}

	private static boolean isServed(Observation observation, @Nullable Double threshold) {
		return observation.accepted() || (threshold != null && observation.probability() >= threshold);
	}

	private record Snapshot(LogisticRegression model, @Nullable Double threshold, boolean suspended,
			Reliability reliability) {

		boolean isServed(Observation observation) {
			return TaskCalibration.isServed(observation, this.threshold);
		}

		boolean isServed(Observation observation, Accuracy accuracy) {
			return TaskCalibration.isServed(observation, accuracy.isCalibrated() ? this.threshold : null);
		}

		Snapshot with(Reliability changed) {
			return new Snapshot(this.model, this.threshold, this.suspended, changed);
		}

	}

}
