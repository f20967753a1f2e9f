package io.github.llmcache.event;

import org.jspecify.annotations.Nullable;

/**
 * How reliable the semantic hits of a task are, as far as their answers were compared
 * with fresh ones.
 *
 * @param state what is served
 * @param threshold probability from which on candidates are served that the verifier
 * alone would refuse; {@code null} if none are
 * @param compared number of answers that were compared, of those that are served in this
 * state
 * @param wrong how many of them were wrong
 * @param share wrong / compared, between 0 and 1; 0 if none was compared
 * @param lower95 the share is not lower, with 95 % confidence (one-sided,
 * Clopper-Pearson); 0 if none was compared
 * @param upper95 the share is not higher, with 95 % confidence; 1 if none was compared
 * @param labels number of comparisons that are remembered, served or not
 */
public record Reliability(State state, @Nullable Double threshold, long compared, long wrong, double share,
		double lower95, double upper95, long labels) {

	/**
	 * What is served of a task.
	 */
	public enum State {

		/** What the verifier accepts; nothing is known about more. */
		DEFAULT,

		/** More than that, by what the task's own traffic has shown. */
		CALIBRATED,

		/** Exact hits only: too many semantic hits were wrong. */
		SUSPENDED

	}

}
