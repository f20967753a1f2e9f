package io.github.llmcache.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What was known about a candidate when it was decided whether to serve it.
 *
 * @param features the figures that the decision rests on, in the order of whoever decides
 * @param probability how probable it was then that the cached answer is right, between 0
 * and 1
 * @param accepted whether the verifier accepts the candidate
 * @param scope the scope of the candidate, so that the record can be erased with it;
 * {@code null} if it has none, and where a store does not tell
 */
public record MatchRecord(List<Double> features, double probability, boolean accepted, @Nullable String scope) {

	public MatchRecord {
		features = List.copyOf(features);
	}

	/**
	 * Create a record without a scope.
	 * @param features the figures that the decision rests on, in the order of whoever
	 * decides
	 * @param probability how probable it was then that the cached answer is right,
	 * between 0 and 1
	 * @param accepted whether the verifier accepts the candidate
	 */
	public MatchRecord(List<Double> features, double probability, boolean accepted) {
		this(features, probability, accepted, null);
	}

	/**
	 * The same record of a candidate of another scope.
	 * @param newScope the scope, or {@code null} for none
	 * @return a copy
	 */
	public MatchRecord withScope(@Nullable String newScope) {
		return new MatchRecord(this.features, this.probability, this.accepted, newScope);
	}

	/**
	 * Figures only: the scope may be personal data.
	 */
	@Override
	public String toString() {
		return "MatchRecord[features=" + this.features + ", probability=" + this.probability + ", accepted="
				+ this.accepted + "]";
	}

}
