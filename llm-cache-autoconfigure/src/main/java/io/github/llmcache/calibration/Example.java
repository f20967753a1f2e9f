package io.github.llmcache.calibration;

import java.time.Instant;

/**
 * A match record whose label is known, as a task's calibration needs it.
 *
 * @param summary what the task's weights are fitted to
 * @param probability the probability before the label was known
 * @param accepted whether the verifier accepts the candidate
 * @param always whether the candidate is served whatever the threshold is
 * @param served whether it was served
 * @param right whether its answer was right
 * @param time when that was found out
 * @param unlabelled how many such hits have no label since the example before
 * @param unknown how many hits could not be judged since then
 */
record Example(double[] summary, double probability, boolean accepted, boolean always, boolean served, boolean right,
		Instant time, long unlabelled, long unknown) {

	/**
	 * Whether it was served by the threshold, and should not have been.
	 */
	boolean isWrongAddition() {
		return this.served && !this.right && !this.always;
	}

}
