package io.github.llmcache.policy;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a call is cached, after annotation and properties have been combined.
 *
 * @param ttl how long an answer may be served after it was stored; zero means that the
 * task is not cached
 * @param semantic whether another wording of the prompt may be served
 * @param minSimilarity the lowest cosine similarity of a candidate, between 0 and 1
 * @param maxCandidates the highest number of candidates that are verified; positive
 * @param maxPayload the largest payload that is stored, in bytes; positive
 * @param accuracy how wrong hits are measured and bounded
 * @param staleness which answers are served although newer ones would be better
 * @param shareAfterScopes how many scopes must hold an equal answer to the same prompt
 * before it is served to the others, too: 2 to 32, or 0 if no scope is served an answer
 * of another one
 */
public record CachePolicy(Duration ttl, boolean semantic, double minSimilarity, int maxCandidates, long maxPayload,
		Accuracy accuracy, Staleness staleness, int shareAfterScopes) {

	/** The highest number of scopes that may be asked for. */
	public static final int MOST_SCOPES = 32;

	/**
	 * The default: a TTL of 24 hours, exact matching only, payloads of up to 1 MB. In a
	 * semantic task, the five most similar candidates with a similarity of 0.5 or more
	 * are verified. On the development stream a higher limit lost hits without making the
	 * remaining ones more accurate, because it is the verifier that keeps wrong answers
	 * out, not the similarity.
	 */
	public static final CachePolicy DEFAULT = new CachePolicy(Duration.ofHours(24), false, 0.5, 5, 1 << 20,
			Accuracy.UNMEASURED, Staleness.NONE, 0);

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
		if (!isShareable(shareAfterScopes)) {
			throw new IllegalArgumentException("An answer may be shared after 2 to " + MOST_SCOPES
					+ " scopes, or never after 0, but not after " + shareAfterScopes);
		}
	}

	/**
	 * Whether a number of scopes may be asked for.
	 * @param scopes the number
	 * @return {@code true} for 0 and from 2 to 32: an answer that one scope holds would
	 * be served to all by whoever brings it about
	 */
	public static boolean isShareable(int scopes) {
		return scopes == 0 || (scopes >= 2 && scopes <= MOST_SCOPES);
	}

	/**
	 * Start a policy that differs from this one.
	 * @return a builder with all settings of this one
	 */
	public Builder mutate() {
		return new Builder(this);
	}

	/**
	 * Changes a policy. A setting that is {@code null} stays as it is. Not for use by
	 * several threads.
	 */
	public static final class Builder {

		private Duration ttl;

		private boolean semantic;

		private double minSimilarity;

		private int maxCandidates;

		private long maxPayload;

		private Accuracy accuracy;

		private Staleness staleness;

		private int shareAfterScopes;

		private Builder(CachePolicy policy) {
			this.ttl = policy.ttl;
			this.semantic = policy.semantic;
			this.minSimilarity = policy.minSimilarity;
			this.maxCandidates = policy.maxCandidates;
			this.maxPayload = policy.maxPayload;
			this.accuracy = policy.accuracy;
			this.staleness = policy.staleness;
			this.shareAfterScopes = policy.shareAfterScopes;
		}

		/**
		 * How long an answer may be served.
		 * @param ttl zero means that the task is not cached
		 * @return this builder
		 */
		public Builder ttl(@Nullable Duration ttl) {
			this.ttl = (ttl != null) ? ttl : this.ttl;
			return this;
		}

		/**
		 * Whether another wording of the prompt may be served.
		 * @param semantic {@code true} if it may
		 * @return this builder
		 */
		public Builder semantic(@Nullable Boolean semantic) {
			this.semantic = (semantic != null) ? semantic : this.semantic;
			return this;
		}

		/**
		 * The lowest cosine similarity of a candidate.
		 * @param minSimilarity between 0 and 1
		 * @return this builder
		 */
		public Builder minSimilarity(@Nullable Double minSimilarity) {
			this.minSimilarity = (minSimilarity != null) ? minSimilarity : this.minSimilarity;
			return this;
		}

		/**
		 * The highest number of candidates that are verified.
		 * @param maxCandidates positive
		 * @return this builder
		 */
		public Builder maxCandidates(@Nullable Integer maxCandidates) {
			this.maxCandidates = (maxCandidates != null) ? maxCandidates : this.maxCandidates;
			return this;
		}

		/**
		 * The largest payload that is stored.
		 * @param maxPayload in bytes; positive
		 * @return this builder
		 */
		public Builder maxPayload(@Nullable Long maxPayload) {
			this.maxPayload = (maxPayload != null) ? maxPayload : this.maxPayload;
			return this;
		}

		/**
		 * How wrong hits are measured and bounded.
		 * @param accuracy the bounds, and how they are measured
		 * @return this builder
		 */
		public Builder accuracy(@Nullable Accuracy accuracy) {
			this.accuracy = (accuracy != null) ? accuracy : this.accuracy;
			return this;
		}

		/**
		 * The age from which on an answer is loaded again in the background.
		 * @param refreshAfter the age; zero for never
		 * @return this builder
		 */
		public Builder refreshAfter(@Nullable Duration refreshAfter) {
			this.staleness = (refreshAfter != null)
					? new Staleness(refreshAfter, this.staleness.ifError(), this.staleness.onError()) : this.staleness;
			return this;
		}

		/**
		 * How long beyond its TTL an answer is kept, and served if the method fails.
		 * @param staleIfError the time; zero if it is not kept
		 * @return this builder
		 */
		public Builder staleIfError(@Nullable Duration staleIfError) {
			this.staleness = (staleIfError != null)
					? new Staleness(this.staleness.refreshAfter(), staleIfError, this.staleness.onError())
					: this.staleness;
			return this;
		}

		/**
		 * The exceptions for which an answer is served beyond its TTL.
		 * @param staleOn the exceptions, subclasses included
		 * @return this builder
		 */
		public Builder staleOn(@Nullable List<Class<? extends Throwable>> staleOn) {
			this.staleness = (staleOn != null)
					? new Staleness(this.staleness.refreshAfter(), this.staleness.ifError(), staleOn) : this.staleness;
			return this;
		}

		/**
		 * How many scopes must hold an equal answer before it is served to the others.
		 * @param shareAfterScopes 2 to 32; 0 for never
		 * @return this builder
		 */
		public Builder shareAfterScopes(@Nullable Integer shareAfterScopes) {
			this.shareAfterScopes = (shareAfterScopes != null) ? shareAfterScopes : this.shareAfterScopes;
			return this;
		}

		/**
		 * Build the policy.
		 * @return the policy
		 * @throws IllegalArgumentException if a setting is out of its range
		 */
		public CachePolicy build() {
			return new CachePolicy(this.ttl, this.semantic, this.minSimilarity, this.maxCandidates, this.maxPayload,
					this.accuracy, this.staleness, this.shareAfterScopes);
		}

	}

}
