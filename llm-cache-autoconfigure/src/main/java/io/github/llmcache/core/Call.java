package io.github.llmcache.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the cache: what its steps have found out so far. Used by
 * one thread.
 */
final class Call {

	final CacheRequest<?> request;

	final CachePolicy policy;

	final CallControl control = CallControl.current();

	/** The prompt, normalised; empty until the call is addressed. */
	String prompt = "";

	/** Where the answer belongs; {@code null} if the cache cannot be consulted. */
	@Nullable CacheKey key;

	/** The partition's generation before the answer is computed. */
	long generation;

	/** The prompt's embedding, if the semantic step computed it. */
	float @Nullable [] embedding;

	/** How long it waited for other calls, in nanoseconds. */
	long waited;

	/** The answer as it is to be stored, once it is computed. */
	@Nullable CacheEntry computed;

	/** What others wait for, if this call leads. */
	SingleFlight.@Nullable Flight flight;

	/** What other instances wait for, if this call computes. */
	InstanceLease.@Nullable Holding lease;

	/** The candidate that was decided about, if there was one. */
	@Nullable Candidate candidate;

	/** Whether it is served, and what can be learned from it. */
	Calibration.@Nullable Decision decision;

	@Nullable String bypassReason;

	@Nullable String semanticSkip;

	final List<String> refusals = new ArrayList<>(0);

	Call(CacheRequest<?> request, CachePolicy policy) {
		this.request = request;
		this.policy = policy;
	}

	String task() {
		return this.request.task();
	}

	void bypass(String reason) {
		this.key = null;
		this.bypassReason = reason;
	}

	LookupEvent event(@Nullable Hit hit, Instant now, Duration lookupTime) {
		if (hit == null) {
			Outcome outcome = (this.bypassReason != null) ? Outcome.BYPASS : Outcome.MISS;
			return new LookupEvent(task(), outcome, this.bypassReason, this.semanticSkip, this.refusals, null, null,
					null, lookupTime, null);
		}
		return new LookupEvent(task(), hit.outcome(), null, this.semanticSkip, this.refusals, hit.similarity(),
				hit.key().digest(), hit.age(now), lookupTime, hit.entry().loadTime());
	}

	/**
	 * An entry that may be served.
	 */
	record Hit(Outcome outcome, CacheKey key, CacheEntry entry, Object value, @Nullable Double similarity) {

		Duration age(Instant now) {
			Duration age = Duration.between(this.entry.created(), now);
			return age.isNegative() ? Duration.ZERO : age;
		}

		@SuppressWarnings("unchecked")
		<T> CachedAnswer<T> answer(Instant now) {
			String matchedPrompt = (this.outcome == Outcome.SEMANTIC) ? this.entry.prompt() : null;
			return new CachedAnswer<>((T) this.value, this.outcome, this.similarity, age(now), this.key.digest(),
					matchedPrompt, null);
		}

		/**
		 * Outcome and key only: answers do not appear in log lines.
		 */
		@Override
		public String toString() {
			return "Hit[outcome=" + this.outcome + ", key=" + this.key + "]";
		}

	}

}
