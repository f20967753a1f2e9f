package io.github.llmcache.policy;

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
 * @param accuracy how wrong hits are measured and bounded
 * @param staleness which answers are served although newer ones would be better
 */
public record CachePolicy(Duration ttl, boolean semantic, double minSimilarity, int maxCandidates, long maxPayload,
		Accuracy accuracy, Staleness staleness) {

	/**
	 * What applies where nobody says otherwise: 24 hours, exact only, payloads of up to 1
	 * MB. Of a semantic task, the five most similar candidates from 0.5 on are verified:
	 * on the development stream higher similarities lost hits and made none of them more
	 * right, because the verifier and not the similarity keeps wrong answers out.
	 */
	public static final CachePolicy DEFAULT = new CachePolicy(Duration.ofHours(24), false, 0.5, 5, 1 << 20,
			Accuracy.UNMEASURED, Staleness.NONE);

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

	/**
	 * A policy whose wrong hits are not measured, and which serves no answer beyond its
	 * TTL.
	 */
	public CachePolicy(Duration ttl, boolean semantic, double minSimilarity, int maxCandidates, long maxPayload) {
		this(ttl, semantic, minSimilarity, maxCandidates, maxPayload, Accuracy.UNMEASURED, Staleness.NONE);
	}

}
