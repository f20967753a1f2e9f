package io.github.llmcache.core;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.store.Alias;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;

/**
 * Reads answers to the same prompt, and numbers the looks at the store.
 */
final class AnswerReader {

	private final CacheStore store;

	private final PayloadCodec codec;

	private final Clock clock;

	private final FailureReporter failures;

	/** Numbers the looks at the store, each before it begins. */
	private final AtomicLong looks = new AtomicLong();

	AnswerReader(CacheStore store, PayloadCodec codec, Clock clock, FailureReporter failures) {
		this.store = store;
		this.codec = codec;
		this.clock = clock;
		this.failures = failures;
	}

	/**
	 * The number of the last look at the store that may have begun.
	 */
	long looks() {
		return this.looks.get();
	}

	/**
	 * The number of a look at the store that begins now.
	 */
	long nextLook() {
		return this.looks.incrementAndGet();
	}

	/**
	 * Look for the answer to the same prompt.
	 */
	Look exact(Call call, CacheKey key) {
		long number = nextLook();
		CacheStore.Finding found = find(call, key);
		if (found == null) {
			return Look.FAILED;
		}
		CacheEntry entry = found.entry();
		if (entry == null || !call.control.isServed()) {
			return new Look(number, null, found.alias(), found.generation(), false, false);
		}
		if (isStale(entry)) {
			return new Look(number, null, null, found.generation(), true, false);
		}
		return new Look(number, hit(call, key, entry, Outcome.EXACT, number), null, found.generation(), false, false);
	}

	/**
	 * The answer to the same prompt, even beyond its TTL, for a call whose method failed.
	 */
	@Nullable Hit kept(Call call, CacheKey key) {
		long number = nextLook();
		CacheStore.Finding found = find(call, key);
		CacheEntry entry = (found != null) ? found.entry() : null;
		return (entry != null && isKept(call, entry)) ? hit(call, key, entry, outcome(entry, Outcome.EXACT), number)
				: null;
	}

	/**
	 * The answer to the same prompt that other scopes share.
	 * @param number that of the look that found it
	 */
	@Nullable Hit shared(Call call, CacheKey key, CacheEntry entry, long number) {
		return hit(call, key, entry, Outcome.EXACT, number);
	}

	/**
	 * Whether what another call was served or loaded will do for this one.
	 */
	boolean accepts(Call call, Hit hit) {
		Double similarity = hit.similarity();
		boolean similar = similarity == null || (call.policy.semantic() && similarity >= call.policy.minSimilarity());
		return similar && (hit.outcome() != Outcome.STALE || isKept(call, hit.entry()));
	}

	/**
	 * A copy for this call of what another one was served or loaded.
	 */
	@Nullable Hit copy(Call call, Hit hit) {
		Object value = value(call, hit.key(), hit.entry());
		return (value != null) ? new Hit(hit.outcome(), hit.key(), hit.entry(), value, hit.similarity(), hit.look())
				: null;
	}

	/**
	 * Whether a call whose method failed is served an entry, which may have expired.
	 */
	boolean isKept(Call call, CacheEntry entry) {
		return this.clock.instant().isBefore(entry.expires().plus(call.policy.staleness().ifError()));
	}

	/**
	 * {@link Outcome#STALE} for an entry beyond its TTL.
	 */
	Outcome outcome(CacheEntry entry, Outcome fresh) {
		return isStale(entry) ? Outcome.STALE : fresh;
	}

	/**
	 * Whether an entry is kept beyond its TTL only. Reads the clock only if it matters,
	 * since that takes longer than finding an entry.
	 */
	boolean isStale(CacheEntry entry) {
		return !entry.retention().isZero() && entry.isStale(this.clock.instant());
	}

	/**
	 * The answer of an entry, if this call may be served it. One that does not decode or
	 * that is not valid is removed.
	 */
	@Nullable Object value(Call call, CacheKey key, CacheEntry entry) {
		return call.control.accepts(entry, this.clock) ? decode(call, key, entry) : null;
	}

	private @Nullable Hit hit(Call call, CacheKey key, CacheEntry entry, Outcome outcome, long number) {
		Object value = value(call, key, entry);
		return (value != null) ? new Hit(outcome, key, entry, value, null, number) : null;
	}

	private CacheStore.@Nullable Finding find(Call call, CacheKey key) {
		return this.failures.<CacheStore.@Nullable Finding>attempt(Part.STORE, "find", call.task(),
				() -> this.store.find(key), null);
	}

	private @Nullable Object decode(Call call, CacheKey key, CacheEntry entry) {
		Object value = this.failures.<@Nullable Object>attempt(Part.CODEC, "decode", call.task(),
				() -> this.codec.decode(entry.payload(), call.request.resultType()), null);
		if (value != null && isValid(call, value)) {
			return value;
		}
		this.failures.attempt(Part.STORE, "remove", call.task(), () -> {
			this.store.remove(key);
			return true;
		}, false);
		return null;
	}

	private boolean isValid(Call call, Object value) {
		return this.failures.attempt(Part.ADMISSION, call.task(), () -> call.request.invalidReason(value) == null,
				false);
	}

	/**
	 * What a look at the store for the same prompt found.
	 *
	 * @param number its number
	 * @param hit the answer, if it may be served
	 * @param alias what the same prompt was served before, if there is no answer
	 * @param generation the partition's generation, before anything is loaded
	 * @param expired whether there is an answer beyond its TTL
	 * @param failed whether the store could not be asked
	 */
	record Look(long number, @Nullable Hit hit, @Nullable Alias alias, long generation, boolean expired,
			boolean failed) {

		/** Before the first look. */
		static final Look NONE = new Look(0, null, null, 0, false, false);

		static final Look FAILED = new Look(0, null, null, 0, false, true);

	}

}
