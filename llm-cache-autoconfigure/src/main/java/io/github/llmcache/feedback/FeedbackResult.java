package io.github.llmcache.feedback;

/**
 * What a feedback has changed.
 *
 * @param found whether the entry was in the store, or was served by this instance lately
 * @param removed whether the entry was removed
 * @param prompts for how many prompts the answer is refused from now on
 * @param learned whether the calibration of the task has learned from it. It does if the
 * task is measured, the prompt is known, and its candidates can still be judged
 */
public record FeedbackResult(boolean found, boolean removed, int prompts, boolean learned) {

	/** Nobody knows the entry. */
	public static final FeedbackResult NOT_FOUND = new FeedbackResult(false, false, 0, false);

}
