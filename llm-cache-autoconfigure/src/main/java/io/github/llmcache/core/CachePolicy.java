package io.github.llmcache.core;

import java.time.Duration;

/**
 * How one call is cached, once annotation and properties are put together.
 *
 * @param ttl how long an answer may be served from the time of storing; zero means that
 * the task is not cached
 * @param semantic whether another wording of the prompt may be served
 * @param minSimilarity the lowest cosine similarity of a candidate, between 0 and 1
 * @param maxCandidates how many candidates are verified at most; positive
 * @param maxPayload the largest payload that is stored, in bytes; positive
 */
public record CachePolicy(Duration ttl, boolean semantic, double minSimilarity, int maxCandidates, long maxPayload) {

	public CachePolicy {
		if (ttl.isNegative()) {
			throw new IllegalArgumentException("The TTL must not be negative but is " + ttl);
		}
		if (!(minSimilarity >= 0 && minSimilarity <= 1)) {
			throw new IllegalArgumentException(
					"The minimum similarity must be between 0 and 1 but is " + minSimilarity);
		}
		if (maxCandidates < 1) {
			throw new IllegalArgumentException("At least one candidate has to be allowed, not " + maxCandidates);
		}
		if (maxPayload < 1) {
			throw new IllegalArgumentException("The largest payload must be positive but is " + maxPayload);
		}
	}

}
