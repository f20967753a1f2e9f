package io.github.llmcache.store;

/**
 * What was erased of a scope.
 *
 * @param partitions partitions that were forgotten
 * @param entries entries, with their vectors, whether they had expired or not
 * @param aliases aliases of other wordings
 * @param refusals what feedback had forbidden
 * @param observations labelled match records of the calibration
 * @param left how much of all that was found when the store was looked through again
 * afterwards: 0, unless the scope is still in use
 */
public record Erasure(long partitions, long entries, long aliases, long refusals, long observations, long left) {

	/** Nothing was there. */
	public static final Erasure NOTHING = new Erasure(0, 0, 0, 0, 0, 0);

	/**
	 * Whether nothing of the scope is left.
	 * @return {@code true} if nothing was found afterwards
	 */
	public boolean isComplete() {
		return this.left == 0;
	}

	/**
	 * What was erased by this and another one that followed.
	 * @param next the other one, which knows what is left
	 * @return the sums
	 */
	public Erasure then(Erasure next) {
		return new Erasure(this.partitions + next.partitions, this.entries + next.entries, this.aliases + next.aliases,
				this.refusals + next.refusals, this.observations + next.observations, next.left);
	}

}
