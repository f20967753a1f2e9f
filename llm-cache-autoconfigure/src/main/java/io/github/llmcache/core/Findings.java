package io.github.llmcache.core;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.core.Addressing.Address;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.store.CacheKey;

/**
 * What the search for an answer has found out when it is decided how a call goes on.
 *
 * @param call the call
 * @param address where the answer belongs
 * @param generation the partition's generation before the answer is loaded
 * @param sharedGeneration that of the partition that all scopes share; {@code null} if it
 * is not known
 * @param expired whether there are answers beyond their TTL
 * @param bypassReason why the answer is neither served nor stored, or {@code null}. If
 * there is a key, others that bypass the cache may share it all the same
 * @param trail what the semantic step left behind
 * @param ticket what others wait for
 * @param waited how long the call waited for others
 * @param lookupTime how long the cache worked on it, without what it waited
 */
record Findings(Call call, Address address, long generation, @Nullable Long sharedGeneration, boolean expired,
		@Nullable String bypassReason, Trail trail, Ticket ticket, Duration waited, Duration lookupTime) {

	Findings with(Trail newTrail) {
		return new Findings(this.call, this.address, this.generation, this.sharedGeneration, this.expired,
				this.bypassReason, newTrail, this.ticket, this.waited, this.lookupTime);
	}

	String task() {
		return this.call.task();
	}

	@Nullable CacheKey key() {
		return this.address.key();
	}

	boolean bypasses() {
		return this.bypassReason != null;
	}

	/**
	 * Whether the answer is to be kept: for the store, or for calls that may be waiting.
	 */
	boolean isKept() {
		return key() != null && (!bypasses() || this.ticket.flight() != null);
	}

	/**
	 * The answer of the method.
	 */
	<T> CachedAnswer<T> loaded(@Nullable T value) {
		return bypasses() ? CachedAnswer.bypassed(value, this.bypassReason) : CachedAnswer.of(value);
	}

	/**
	 * An answer that is served.
	 */
	<T> CachedAnswer<T> served(Hit hit, Instant now) {
		CachedAnswer<T> answer = hit.answer(now);
		return bypasses() ? loaded(answer.value()) : answer;
	}

	/**
	 * The answer for a call that takes part in the stream of another one.
	 */
	<T> CachedAnswer<T> served(RunningStream running) {
		return bypasses() ? loaded(null) : running.answer();
	}

	LookupEvent event(Hit hit, Instant now) {
		return bypasses() ? event() : event(hit.outcome(), hit.similarity(), hit.key().digest(), hit.age(now),
				hit.entry().loadTime(), this.trail.isAudited() ? null : hit.entry().usage());
	}

	LookupEvent event(RunningStream running) {
		return bypasses() ? event()
				: event(running.outcome(), running.similarity(), running.entryId(), Duration.ZERO, null, null);
	}

	LookupEvent event() {
		return event(bypasses() ? Outcome.BYPASS : Outcome.MISS, null, null, null, null, null);
	}

	private LookupEvent event(Outcome outcome, @Nullable Double similarity, @Nullable String entryId,
			@Nullable Duration age, @Nullable Duration timeSaved, @Nullable TokenUsage tokensSaved) {
		return new LookupEvent(task(), outcome, outcome.isHit() ? null : this.bypassReason,
				this.trail.embedding().skip(), this.trail.refusals(), similarity, entryId, age, this.lookupTime,
				timeSaved, this.trail.embedding().isSearched(), this.call.request.identity().model(), tokensSaved);
	}

	/**
	 * Address and reason only: prompts and answers do not appear in log lines.
	 */
	@Override
	public String toString() {
		return "Findings[address=" + this.address + ", bypassReason=" + this.bypassReason + "]";
	}

}
