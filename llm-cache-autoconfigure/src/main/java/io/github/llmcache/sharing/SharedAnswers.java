package io.github.llmcache.sharing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.correction.Refusals;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.VoiceStore;
import io.github.llmcache.store.VoiceStore.Voice;

/**
 * Serves an answer of other scopes, as long as enough scopes have an equal one.
 * <p>
 * Each scope's own entry is its voice for its answer. When enough scopes have an answer
 * that is equal, byte for byte, a copy is put into a partition of no scope, where lookups
 * and searches find it. Whether it may be served is decided each time, by the scopes'
 * entries: so an eviction, an erasure, a feedback, a quota or the end of a TTL takes a
 * voice back without knowing of it. Safe for use by many threads.
 */
public final class SharedAnswers {

	/** Why an answer of other scopes is not served. */
	public static final String REASON = "not-shared";

	private final @Nullable VoiceStore store;

	private final Refusals refusals;

	private final Clock clock;

	private final FailureReporter failures;

	/**
	 * Create the answers of a store.
	 * @param store where entries are; nothing is shared unless it is a {@link VoiceStore}
	 * @param refusals which answers were reported to be wrong
	 * @param clock says whether entries are beyond their TTL
	 * @param failures is notified of failures
	 */
	public SharedAnswers(CacheStore store, Refusals refusals, Clock clock, FailureReporter failures) {
		this.store = (store instanceof VoiceStore voiceStore) ? voiceStore : null;
		this.refusals = refusals;
		this.clock = clock;
		this.failures = failures;
	}

	/**
	 * Look for an answer to the same prompt.
	 * @param sharing what is asked for
	 * @return what was found
	 */
	public Look look(Sharing sharing) {
		return attempt(sharing, "find shared", (voiceStore) -> look(sharing, voiceStore),
				new Look(sharing, null, null, false));
	}

	private Look look(Sharing sharing, VoiceStore voiceStore) {
		CacheStore.Finding found = voiceStore.find(sharing.shared());
		List<Voice> voices = voiceStore.voices(sharing.shared());
		CacheEntry entry = found.entry();
		boolean served = entry != null && mayServe(sharing, voiceStore, voices, entry);
		boolean known = voices.stream().anyMatch((voice) -> !isOwn(sharing, voice));
		return new Look(sharing, served ? entry : null, found.generation(), known && !served);
	}

	/**
	 * Whether an entry that other scopes have brought about may be served.
	 * @param sharing what is asked for
	 * @param key the entry's address, in the partition of no scope
	 * @param entry the entry, which may be of another wording
	 * @return {@code true} if enough scopes have such an answer at this moment
	 */
	public boolean mayServe(Sharing sharing, CacheKey key, CacheEntry entry) {
		return attempt(sharing, "voices", (voiceStore) -> mayServe(sharing, voiceStore, voiceStore.voices(key), entry),
				false);
	}

	/**
	 * A scope has stored an answer of its own: count it, and share it if that makes
	 * enough.
	 * @param sharing what the answer is for
	 * @param entry the answer, as it was stored
	 * @param generation that of the partition of no scope before the answer was loaded;
	 * {@code null} if it is not known, so that the answer is counted only
	 */
	public void stored(Sharing sharing, CacheEntry entry, @Nullable Long generation) {
		attempt(sharing, "vouch", (voiceStore) -> {
			if (isRefused(sharing, entry)) {
				voiceStore.withdraw(sharing.shared(), sharing.own().partition());
				return false;
			}
			List<Voice> voices = voiceStore.vouch(sharing.shared(),
					new Voice(sharing.own(), entry.groupOfEqualAnswers()), entry.ttl());
			return generation != null && isConfirmed(sharing, voiceStore, voices, entry)
					&& voiceStore.put(sharing.shared(), copyOf(entry), generation);
		}, false);
	}

	/**
	 * What other scopes have for the same prompt, without leaving a trace.
	 * @param sharing what is asked for
	 * @return how many there are, and what may be served
	 */
	public Standing standing(Sharing sharing) {
		return attempt(sharing, "voices", (voiceStore) -> standing(sharing, voiceStore), new Standing(null, 0));
	}

	private Standing standing(Sharing sharing, VoiceStore voiceStore) {
		List<Voice> voices = voiceStore.voices(sharing.shared());
		CacheEntry entry = voiceStore.peek(sharing.shared());
		boolean served = entry != null && mayServe(sharing, voiceStore, voices, entry);
		long most = voices.stream()
			.filter((voice) -> isThere(voiceStore, voice))
			.collect(Collectors.groupingBy(Voice::answer, Collectors.counting()))
			.values()
			.stream()
			.mapToLong(Long::longValue)
			.max()
			.orElse(0);
		return new Standing(served ? entry : null, (int) most);
	}

	private boolean mayServe(Sharing sharing, VoiceStore voiceStore, List<Voice> voices, CacheEntry entry) {
		return isConfirmed(sharing, voiceStore, voices, entry) && !isRefused(sharing, entry);
	}

	private boolean isConfirmed(Sharing sharing, VoiceStore voiceStore, List<Voice> voices, CacheEntry entry) {
		String answer = entry.groupOfEqualAnswers();
		List<Voice> equal = voices.stream().filter((voice) -> voice.answer().equals(answer)).toList();
		if (equal.size() < sharing.scopes()) {
			return false;
		}
		Set<Partition> confirmed = new HashSet<>();
		for (Voice voice : equal) {
			CacheEntry held = held(voiceStore, voice);
			if (held != null && Arrays.equals(held.payload(), entry.payload())) {
				confirmed.add(voice.entry().partition());
			}
			if (confirmed.size() == sharing.scopes()) {
				return true;
			}
		}
		return false;
	}

	private boolean isThere(VoiceStore voiceStore, Voice voice) {
		CacheEntry held = held(voiceStore, voice);
		return held != null && held.groupOfEqualAnswers().equals(voice.answer());
	}

	/**
	 * The entry that a scope has by now, unless it is beyond its TTL.
	 */
	private @Nullable CacheEntry held(VoiceStore voiceStore, Voice voice) {
		CacheEntry held = voiceStore.peek(voice.entry());
		Instant now = this.clock.instant();
		return (held != null && !held.isStale(now)) ? held : null;
	}

	/**
	 * Whether the answer was reported to be wrong, in the scope or where it is shared.
	 */
	private boolean isRefused(Sharing sharing, CacheEntry entry) {
		return this.refusals.of(sharing.own().partition(), sharing.prompt()).test(entry)
				|| this.refusals.of(sharing.shared().partition(), sharing.prompt()).test(entry);
	}

	private static boolean isOwn(Sharing sharing, Voice voice) {
		return voice.entry().partition().equals(sharing.own().partition());
	}

	/**
	 * In the group of equal answers, and not kept beyond its TTL.
	 */
	private static CacheEntry copyOf(CacheEntry entry) {
		return new CacheEntry(entry.prompt(), entry.payload(), entry.embedding(), entry.created(), entry.ttl(),
				Duration.ZERO, entry.loadTime(), entry.tags())
			.withUsage(entry.usage());
	}

	private <R> R attempt(Sharing sharing, String operation, Function<VoiceStore, R> action, R fallback) {
		VoiceStore voiceStore = this.store;
		return (voiceStore == null) ? fallback : this.failures.attempt(Part.STORE, operation, sharing.task(),
				() -> action.apply(voiceStore), fallback);
	}

	/**
	 * What a look for a shared answer found.
	 *
	 * @param sharing what was asked for; {@code null} if nothing was
	 * @param entry the answer, if it may be served
	 * @param generation that of the partition of no scope; {@code null} if it is not
	 * known
	 * @param pending whether other scopes have answers, of which none may be served
	 */
	public record Look(@Nullable Sharing sharing, @Nullable CacheEntry entry, @Nullable Long generation,
			boolean pending) {

		/** Nothing was looked for. */
		public static final Look NONE = new Look(null, null, null, false);

	}

	/**
	 * How far other scopes agree.
	 *
	 * @param entry the answer that may be served, or {@code null}
	 * @param scopes how many scopes have an equal answer, by the one that most have
	 */
	public record Standing(@Nullable CacheEntry entry, int scopes) {

	}

}
