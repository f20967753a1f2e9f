package io.github.llmcache.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What the code asks for, before an operator's properties are put on top.
 *
 * @param ttl the TTL, or {@code null} for the default
 * @param semantic whether to match semantically, or {@code null} for the default
 * @param minSimilarity the lowest cosine similarity, between 0 and 1, or {@code null} for
 * the default
 */
public record RequestedPolicy(@Nullable Duration ttl, @Nullable Boolean semantic, @Nullable Double minSimilarity) {

	public RequestedPolicy {
		if (ttl != null && ttl.isNegative()) {
			throw new IllegalArgumentException("The TTL must not be negative but is " + ttl);
		}
		if (minSimilarity != null && !(minSimilarity >= 0 && minSimilarity <= 1)) {
			throw new IllegalArgumentException(
					"The minimum similarity must be between 0 and 1 but is " + minSimilarity);
		}
	}

	/**
	 * Nothing is asked for: defaults apply.
	 */
	public static final RequestedPolicy DEFAULT = new RequestedPolicy(null, null, null);

	/**
	 * Put what is asked for in the place of defaults.
	 * @param defaults the defaults
	 * @return the policy to apply
	 */
	public CachePolicy applyTo(CachePolicy defaults) {
		return new CachePolicy((this.ttl != null) ? this.ttl : defaults.ttl(),
				(this.semantic != null) ? this.semantic : defaults.semantic(),
				(this.minSimilarity != null) ? this.minSimilarity : defaults.minSimilarity(), defaults.maxCandidates(),
				defaults.maxPayload(), defaults.accuracy(), defaults.staleness());
	}

}
