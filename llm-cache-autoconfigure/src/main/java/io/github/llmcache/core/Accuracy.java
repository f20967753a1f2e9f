package io.github.llmcache.core;

/**
 * How wrong hits of a task are measured and bounded. Wrong hits are counted among the
 * semantic hits.
 *
 * @param calibrated whether candidates that the verifier alone would refuse are served,
 * too, as far as the task's own traffic shows that they are right often enough
 * @param errorBudget the highest share of wrong hits, between 0 (exclusive) and 1
 * (exclusive)
 * @param auditRate the share of semantic hits that the method answers, too, to compare
 * its answer with the one that was served; between 0 and 1
 */
public record Accuracy(boolean calibrated, double errorBudget, double auditRate) {

	/**
	 * The verifier alone decides, nothing is measured, and the budget would be one wrong
	 * hit in a hundred.
	 */
	public static final Accuracy UNMEASURED = new Accuracy(false, 0.01, 0);

	public Accuracy {
		if (!(errorBudget > 0 && errorBudget < 1)) {
			throw new IllegalArgumentException("The error budget must be between 0 and 1 but is " + errorBudget);
		}
		if (!(auditRate >= 0 && auditRate <= 1)) {
			throw new IllegalArgumentException("The audit rate must be between 0 and 1 but is " + auditRate);
		}
	}

	/**
	 * Whether it is worth comparing answers at all.
	 * @return {@code true} if the task is calibrated or audited
	 */
	public boolean isMeasured() {
		return this.calibrated || this.auditRate > 0;
	}

}
