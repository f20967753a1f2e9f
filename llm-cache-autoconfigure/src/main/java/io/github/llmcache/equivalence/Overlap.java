package io.github.llmcache.equivalence;

import java.util.HashSet;
import java.util.Set;

/**
 * What two texts have in common of one kind, such as their numbers.
 *
 * @param first what only the first one has
 * @param second what only the second one has
 * @param shared how much both have
 */
record Overlap(Set<String> first, Set<String> second, int shared) {

	static Overlap of(Set<String> first, Set<String> second) {
		return new Overlap(difference(first, second), difference(second, first),
				first.size() - difference(first, second).size());
	}

	private static Set<String> difference(Set<String> terms, Set<String> without) {
		Set<String> difference = new HashSet<>(terms);
		difference.removeAll(without);
		return difference;
	}

	/**
	 * How many could have been exchanged: each text has as many of its own.
	 */
	int exchanged() {
		return Math.min(this.first.size(), this.second.size());
	}

	/**
	 * Whether both have some, and none in common.
	 */
	boolean isDisjoint() {
		return exchanged() > 0 && this.shared == 0;
	}

	/**
	 * What both have as a share of everything, between 0 and 1.
	 */
	double similarity() {
		int all = this.shared + this.first.size() + this.second.size();
		return (all > 0) ? (double) this.shared / all : 0;
	}

	/**
	 * What both have as a share of the shorter one, between 0 and 1.
	 */
	double containment() {
		return (this.shared > 0) ? (double) this.shared / (this.shared + exchanged()) : 0;
	}

}
