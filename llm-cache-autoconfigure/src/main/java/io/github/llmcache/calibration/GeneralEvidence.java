package io.github.llmcache.calibration;

import java.util.List;

import io.github.llmcache.calibration.Calibration.Choice;

/**
 * Weighs what speaks for a candidate that the verifier refuses: its features, and the
 * probability that its answer is right, estimated from what was right with other tasks.
 */
final class GeneralEvidence {

	/**
	 * From these odds on, a candidate is served, unless the labels of a task that is
	 * calibrated speak against it: see docs/accuracy.md.
	 */
	private static final double CORROBORATED = logit(0.9);

	/**
	 * From these odds on, a candidate that only the model's doubts stand against is a
	 * label: also when what is more probable is served.
	 */
	private static final double LABELLED = logit(0.85);

	/** Places in a summary. */
	private static final int LOGIT = 1;

	private static final int OBSTACLE = 2;

	private static final int SINGLE = 3;

	private final MatchFeatures features = new MatchFeatures();

	private final EvidenceModel model = EvidenceModel.bundled();

	/**
	 * What is known about a candidate.
	 * @param choice the candidate
	 * @param varied whether its task has more than a few answers
	 */
	List<Double> features(Choice choice, boolean varied) {
		return this.features.of(choice, varied);
	}

	/**
	 * Whether so much speaks for a candidate that it is served: several entries have its
	 * answer, no deciding word differs, and it is probable enough.
	 * @param unfounded whether the model's doubts are no obstacle in this task
	 */
	boolean isCorroborated(double[] summary, boolean unfounded) {
		return isSupported(summary, CORROBORATED, unfounded ? MatchFeatures.DOUBT : 0);
	}

	/**
	 * Whether nearly as much speaks for a candidate, but for the model's doubts: its
	 * answer shows whether they are founded.
	 */
	boolean isDoubted(double[] summary) {
		return summary[OBSTACLE] == MatchFeatures.DOUBT && isSupported(summary, LABELLED, MatchFeatures.DOUBT);
	}

	private static boolean isSupported(double[] summary, double lowest, double obstacle) {
		return summary[LOGIT] >= lowest && summary[OBSTACLE] <= obstacle && summary[SINGLE] == 0;
	}

	/**
	 * What a task's own labels are fitted to: a constant, the logarithm of the general
	 * odds, what stands against the candidate, and whether one entry alone has the
	 * answer, the two things that tasks differ in most.
	 */
	double[] summary(List<Double> features) {
		double[] values = LogisticRegression.values(features);
		return new double[] { 1, this.model.logit(values), MatchFeatures.obstacle(values),
				MatchFeatures.isSingle(values) ? 1 : 0 };
	}

	private static double logit(double probability) {
		return Math.log(probability / (1 - probability));
	}

	static boolean isComplete(List<Double> features) {
		return features.size() == MatchFeatures.COUNT && features.stream().allMatch(Double::isFinite);
	}

}
