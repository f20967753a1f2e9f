package io.github.llmcache.policy;

/**
 * How much a task serves, and how its wrong hits are measured and bounded. Shares of
 * wrong hits refer to the semantic hits.
 *
 * @param evidence what may outweigh the verifier's refusal
 * @param minProbability lowest probability that two prompts ask for the same thing, by a
 * model that reads both, at which this model alone outweighs a refusal by the verifier;
 * between 0 and 1, where 1 means never
 * @param errorBudget the highest share of wrong hits, between 0 (exclusive) and 1
 * (exclusive)
 * @param auditRate the share of semantic hits that the method answers as well, to compare
 * its answer with the one that was served; between 0 and 1. A larger share of the first
 * hits, and of those after a wrong one, is audited
 */
public record Accuracy(Evidence evidence, double minProbability, double errorBudget, double auditRate) {

	/** See docs/accuracy.md. */
	private static final double DEFAULT_MIN_PROBABILITY = 0.96;

	/**
	 * Corroborated candidates are served and nothing is measured. The budget, which
	 * applies once something is measured, is one wrong hit in a hundred.
	 */
	public static final Accuracy UNMEASURED = new Accuracy(Evidence.CORROBORATED, DEFAULT_MIN_PROBABILITY, 0.01, 0);

	public Accuracy {
		if (!(minProbability >= 0 && minProbability <= 1)) {
			throw new IllegalArgumentException(
					"The lowest probability must be between 0 and 1 but is " + minProbability);
		}
		if (!(errorBudget > 0 && errorBudget < 1)) {
			throw new IllegalArgumentException("The error budget must be between 0 and 1 but is " + errorBudget);
		}
		if (!(auditRate >= 0 && auditRate <= 1)) {
			throw new IllegalArgumentException("The audit rate must be between 0 and 1 but is " + auditRate);
		}
	}

	/**
	 * The same with another lowest probability.
	 * @param newMinProbability the lowest probability, between 0 and 1
	 * @return a copy
	 */
	public Accuracy withMinProbability(double newMinProbability) {
		return new Accuracy(this.evidence, newMinProbability, this.errorBudget, this.auditRate);
	}

	/**
	 * Whether wrong hits are counted against the budget.
	 * @return {@code true} if the task is calibrated or audited
	 */
	public boolean isMeasured() {
		return isCalibrated() || this.auditRate > 0;
	}

	/**
	 * Whether anything besides the verifier counts.
	 * @return {@code true} if evidence is looked for when the verifier refuses
	 */
	public boolean isWeighed() {
		return this.evidence != Evidence.VERIFIER || isMeasured();
	}

	/**
	 * Whether the task's own traffic decides.
	 * @return {@code true} if answers are compared to find out
	 */
	public boolean isCalibrated() {
		return this.evidence == Evidence.AUTO;
	}

	/**
	 * What may outweigh the refusal of a verifier.
	 */
	public enum Evidence {

		/**
		 * Nothing: the verifier decides, together with a model that reads both prompts if
		 * there is one.
		 */
		VERIFIER,

		/**
		 * Several cached answers that agree, no other answer nearby, and prompts that ask
		 * for the same thing in the opinion of a model; all together so clear that it was
		 * right for other tasks.
		 */
		CORROBORATED,

		/**
		 * The same, and whatever the task's own traffic shows to be right often enough.
		 */
		AUTO

	}

}
