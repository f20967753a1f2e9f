package io.github.llmcache.policy;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the code asks for, before an operator's properties are put on top.
 *
 * @param ttl the TTL, or {@code null} for the default
 * @param semantic whether to match semantically, or {@code null} for the default
 * @param minSimilarity the lowest cosine similarity, between 0 and 1, or {@code null} for
 * the default
 * @param refreshAfter the age from which on an answer is computed anew in the background,
 * zero for never, or {@code null} for the default
 * @param staleIfError how long beyond its TTL an answer is served if the method fails, or
 * {@code null} for the default
 * @param staleOn the exceptions for which it is, or {@code null} for the default
 */
public record RequestedPolicy(@Nullable Duration ttl, @Nullable Boolean semantic, @Nullable Double minSimilarity,
		@Nullable Duration refreshAfter, @Nullable Duration staleIfError,
		@Nullable List<Class<? extends Throwable>> staleOn) {

	public RequestedPolicy {
		if (ttl != null && ttl.isNegative()) {
			throw new IllegalArgumentException("The TTL must not be negative but is " + ttl);
		}
		if (minSimilarity != null && !(minSimilarity >= 0 && minSimilarity <= 1)) {
			throw new IllegalArgumentException(
					"The minimum similarity must be between 0 and 1 but is " + minSimilarity);
		}
		staleOn = (staleOn != null) ? List.copyOf(staleOn) : null;
	}

	/**
	 * A request that says nothing about staleness.
	 * @param ttl the TTL, or {@code null} for the default
	 * @param semantic whether to match semantically, or {@code null} for the default
	 * @param minSimilarity the lowest cosine similarity, between 0 and 1, or {@code null}
	 * for the default
	 */
	public RequestedPolicy(@Nullable Duration ttl, @Nullable Boolean semantic, @Nullable Double minSimilarity) {
		this(ttl, semantic, minSimilarity, null, null, null);
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
				defaults.maxPayload(), defaults.accuracy(),
				new Staleness((this.refreshAfter != null) ? this.refreshAfter : defaults.staleness().refreshAfter(),
						(this.staleIfError != null) ? this.staleIfError : defaults.staleness().ifError(),
						(this.staleOn != null) ? this.staleOn : defaults.staleness().onError()));
	}

}
