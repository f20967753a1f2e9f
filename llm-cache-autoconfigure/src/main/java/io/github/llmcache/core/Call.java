package io.github.llmcache.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.core.SingleFlight.Landing;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;

/**
 * One call on its way through the cache: what its steps have found out so far. Used by
 * one thread at a time.
 */
final class Call {

	final CacheRequest<?> request;

	final CachePolicy policy;

	final CallControl control;

	/** Whether its transaction has invalidated such answers, and has not committed. */
	final boolean uncommitted;

	/** Whom it waits for, and who waits for it. */
	final CallChain chain;

	/** How long it had waited before it took the place of another call. */
	final Duration waitedBefore;

	/** Whether to take part in a stream that has begun. */
	final boolean streaming;

	/** The prompt, normalised; empty until the call is addressed. */
	String prompt = "";

	/** Where the answer belongs; {@code null} if that cannot be told. */
	@Nullable CacheKey key;

	/** The partition's generation before the answer is computed. */
	long generation;

	/** The prompt's embedding, if the semantic step computed it. */
	float @Nullable [] embedding;

	/** How long it waited for other calls, in nanoseconds. */
	long waited;

	/** How long the cache worked on it, without what it waited. */
	Duration lookupTime = Duration.ZERO;

	/** The answer as it is to be stored, once it is computed. */
	@Nullable CacheEntry computed;

	/** What others wait for, if this call leads. */
	SingleFlight.@Nullable Flight flight;

	/** How it ends for them. */
	Landing landing = Landing.NOTHING;

	/** What other instances wait for, if this call computes. */
	InstanceLease.@Nullable Holding lease;

	/** Whether the computed answer was stored. */
	boolean stored;

	/** The candidate that was decided about, if there was one. */
	@Nullable Candidate candidate;

	/** Whether it is served, and what can be learned from it. */
	Calibration.@Nullable Decision decision;

	/** Whether the last lookup found an answer beyond its TTL. */
	boolean expired;

	@Nullable String bypassReason;

	@Nullable String semanticSkip;

	final List<String> refusals = new ArrayList<>(0);

	private boolean told;

	Call(CacheRequest<?> request, CachePolicy policy, CallOrigin origin, boolean uncommitted, boolean streaming) {
		this.request = request;
		this.policy = policy;
		this.control = origin.control();
		this.uncommitted = uncommitted;
		this.chain = new CallChain(origin.outer());
		this.waitedBefore = origin.waited();
		this.streaming = streaming;
	}

	/**
	 * Where calls are made within the method.
	 */
	CallOrigin within() {
		return new CallOrigin(this.control, this.chain, Duration.ZERO);
	}

	String task() {
		return this.request.task();
	}

	/**
	 * Neither look the answer up nor store it. If it is known where it belongs, others
	 * that bypass the cache may share it all the same.
	 */
	void bypass(String reason) {
		this.bypassReason = reason;
	}

	boolean bypasses() {
		return this.bypassReason != null;
	}

	/**
	 * Whether the answer is to be kept: for the store, or for calls that may be waiting.
	 */
	boolean isKept() {
		return this.key != null && (!bypasses() || this.flight != null);
	}

	/**
	 * The answer of the method.
	 */
	<T> CachedAnswer<T> computed(@Nullable T value) {
		return bypasses() ? CachedAnswer.bypassed(value, this.bypassReason) : CachedAnswer.of(value);
	}

	/**
	 * An answer that is served.
	 */
	<T> CachedAnswer<T> served(Hit hit, Instant now) {
		CachedAnswer<T> answer = hit.answer(now);
		return bypasses() ? computed(answer.value()) : answer;
	}

	/**
	 * What others have of a stream that is served.
	 */
	<T> CachedAnswer<T> served(RunningStream running) {
		return bypasses() ? computed(null) : running.answer();
	}

	/**
	 * Let go of those who wait for this call, here and on other instances.
	 * @param executor talks to the store, or {@code null} for this thread
	 */
	void end(@Nullable Executor executor) {
		InstanceLease.Holding held = this.lease;
		if (held != null) {
			this.lease = null;
			held.end(this.stored, executor);
		}
		SingleFlight.Flight led = this.flight;
		if (led != null) {
			this.flight = null;
			led.land(this.landing);
		}
	}

	/**
	 * Tell how the lookup ended, once.
	 */
	void tell(LlmCacheListener listener, LookupEvent event) {
		if (!this.told) {
			this.told = true;
			listener.onLookup(event);
		}
	}

	LookupEvent event(Hit hit, Instant now) {
		return bypasses() ? event()
				: event(hit.outcome(), hit.similarity(), hit.key().digest(), hit.age(now), hit.entry().loadTime());
	}

	LookupEvent event(RunningStream running) {
		return bypasses() ? event()
				: event(running.outcome(), running.similarity(), running.entryId(), Duration.ZERO, null);
	}

	LookupEvent event() {
		return event(bypasses() ? Outcome.BYPASS : Outcome.MISS, null, null, null, null);
	}

	private LookupEvent event(Outcome outcome, @Nullable Double similarity, @Nullable String entryId,
			@Nullable Duration age, @Nullable Duration timeSaved) {
		return new LookupEvent(task(), outcome, outcome.isHit() ? null : this.bypassReason, this.semanticSkip,
				this.refusals, similarity, entryId, age, this.lookupTime, timeSaved);
	}

	/**
	 * An entry that may be served.
	 *
	 * @param look the number of the look at the store that found it, or {@link #COMPUTED}
	 */
	record Hit(Outcome outcome, CacheKey key, CacheEntry entry, Object value, @Nullable Double similarity, long look) {

		/** Of what no store was asked for. */
		static final long COMPUTED = Long.MAX_VALUE;

		/**
		 * The same as what it is by now.
		 */
		Hit with(Outcome newOutcome) {
			return new Hit(newOutcome, this.key, this.entry, this.value, this.similarity, this.look);
		}

		/**
		 * Whether it is as new as what a call would find by itself: the store was asked
		 * after the call had begun, or the method was run for the generation that the
		 * call found, too. What was found earlier may have been invalidated before the
		 * call began.
		 * @param began the number of the last look at the store before the call
		 */
		boolean isAsNewAs(long began) {
			return this.look > began;
		}

		Duration age(Instant now) {
			Duration age = Duration.between(this.entry.created(), now);
			return age.isNegative() ? Duration.ZERO : age;
		}

		@SuppressWarnings("unchecked")
		<T> CachedAnswer<T> answer(Instant now) {
			String matchedPrompt = (this.similarity != null) ? this.entry.prompt() : null;
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
