package io.github.llmcache.store;

import java.util.function.Supplier;

/**
 * What was erased of a scope.
 *
 * @param partitions partitions that were forgotten
 * @param entries entries, with their vectors, whether they had expired or not
 * @param aliases aliases of other wordings
 * @param refusals what feedback had forbidden
 * @param voices that the scope's answers were equal to those of other scopes, see
 * {@link VoiceStore}
 * @param observations labelled match records of the calibration
 * @param left how much of all that was found when the store was looked through again
 * afterwards: 0, unless the scope is still in use
 */
public record Erasure(long partitions, long entries, long aliases, long refusals, long voices, long observations,
		long left) {

	/** Nothing was there. */
	public static final Erasure NOTHING = new Erasure(0, 0, 0, 0, 0, 0, 0);

	/** How often a scope is erased that is still in use. */
	private static final int MOST = 3;

	/**
	 * Erase a scope, again if something is left because it is still in use, and no more
	 * than three times.
	 * @param once erases what is there, and says what is left
	 * @return what was erased altogether
	 */
	public static Erasure repeat(Supplier<Erasure> once) {
		Erasure erasure = once.get();
		for (int again = 1; again < MOST && !erasure.isComplete(); again++) {
			erasure = erasure.then(once.get());
		}
		return erasure;
	}

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
				this.refusals + next.refusals, this.voices + next.voices, this.observations + next.observations,
				next.left);
	}

}
