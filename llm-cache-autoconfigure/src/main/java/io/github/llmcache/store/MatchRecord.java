package io.github.llmcache.store;

import java.util.List;

/**
 * What was known about a candidate when it was decided whether to serve it.
 *
 * @param features the figures that the decision rests on, in the order of whoever decides
 * @param probability how probable it was then that the cached answer is right, between 0
 * and 1
 * @param accepted whether the verifier accepts the candidate
 */
public record MatchRecord(List<Double> features, double probability, boolean accepted) {

	public MatchRecord {
		features = List.copyOf(features);
	}

}
