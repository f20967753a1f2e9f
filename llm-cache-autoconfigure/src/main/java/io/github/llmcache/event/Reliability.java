package io.github.llmcache.event;

import org.jspecify.annotations.Nullable;

/**
 * How reliable the semantic hits of a task are, judging by those whose answers were
 * compared with fresh ones.
 *
 * @param state what is served
 * @param threshold lowest probability at which candidates are served although the
 * verifier alone would refuse them; {@code null} if none are
 * @param compared number of hits whose answers were compared and judged, of the kind that
 * is served in this state; misses are not among them
 * @param wrong how many of them were wrong
 * @param unknown how many more were compared but could not be judged
 * @param share wrong / compared, between 0 and 1; 0 if none was compared
 * @param lower95 the share is not lower, with 95 % confidence (one-sided,
 * Clopper-Pearson), even if all that could not be judged were right; 0 if none was
 * compared
 * @param upper95 the share among those that can be judged is not higher, with 95 %
 * confidence, judging also by misses whose candidates are served in this state; 1 if
 * there are neither
 * @param labels number of judgements that are remembered, served or not
 * @param caution how much surer than the settings say the paraphrase model has to be in
 * this task, as a factor of the odds, between 1 and 3: more than 1 where candidates that
 * it nearly served were wrong unusually often
 */
public record Reliability(State state, @Nullable Double threshold, long compared, long wrong, long unknown,
		double share, double lower95, double upper95, long labels, double caution) {

	/**
	 * The share of comparisons that could not be judged.
	 * @return unknown / (compared + unknown), between 0 and 1; 0 if none was compared
	 */
	public double unknownShare() {
		long all = this.compared + this.unknown;
		return (all != 0) ? (double) this.unknown / all : 0;
	}

	/**
	 * How much a task serves.
	 */
	public enum State {

		/** What the verifier accepts; nothing is known about other candidates. */
		DEFAULT,

		/** More than that, by what the task's own traffic has shown. */
		CALIBRATED,

		/** Exact hits only: too many semantic hits were wrong. */
		SUSPENDED

	}

}
