package io.github.llmcache.calibration;

import io.github.llmcache.calibration.Evidence.Count;

/**
 * How much surer than usual the paraphrase model has to be in one task. Where prompts
 * differ by what the model does not know to decide, such as names and fields of a
 * database, it is too sure, and that shows in its near misses: candidates that are
 * refused although it gives them nearly as much as it takes, so that the fresh answer
 * shows whether it was right. Not safe for use by many threads.
 */
final class Caution {

	/** The least that the model gives to a near miss, with what firmness takes of it. */
	private static final double NEAR = 0.9;

	/** From this on, candidates are served with the default settings. */
	private static final double SERVED = 0.96;

	/**
	 * Near misses to begin with, to which those of the task come: a third is wrong. In
	 * most tasks fewer are, and far more where the model is too sure: see
	 * docs/accuracy.md.
	 */
	private static final double USUALLY_WRONG = 2;

	private static final double USUALLY_RIGHT = 4;

	/**
	 * As much as where one word stands for another: what is surer is right nearly always.
	 */
	private static final double MOST = 3;

	private final Evidence nearMisses = new Evidence();

	/**
	 * Whether the fresh answer to a miss shows something about the model.
	 * @param probability what the model gives to the candidate, with what firmness takes
	 * of it
	 */
	static boolean isNearMiss(double probability) {
		return probability >= NEAR && probability < SERVED;
	}

	/**
	 * Learn from a near miss.
	 * @param nearMiss right also if nobody can tell: a judge of texts tells those apart
	 * that differ more often than it knows the others to be the same
	 */
	void add(Example nearMiss) {
		this.nearMisses.add(nearMiss);
	}

	/**
	 * By how much the odds have to be higher than usual.
	 * @return a factor, between 1 and 3; 1 without near misses
	 */
	double factor() {
		Count count = this.nearMisses.count((nearMiss) -> true);
		double odds = (USUALLY_WRONG + count.wrong()) / (USUALLY_RIGHT + count.compared() - count.wrong());
		return Math.max(1, Math.min(MOST, odds * USUALLY_RIGHT / USUALLY_WRONG));
	}

}
