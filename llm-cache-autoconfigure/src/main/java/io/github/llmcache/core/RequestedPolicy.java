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

	/**
	 * Nothing is asked for: defaults apply.
	 */
	public static final RequestedPolicy DEFAULT = new RequestedPolicy(null, null, null);

}
