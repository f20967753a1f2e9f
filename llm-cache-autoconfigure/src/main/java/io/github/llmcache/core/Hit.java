package io.github.llmcache.core;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;

/**
 * An entry that may be served.
 *
 * @param outcome how it was found
 * @param key where it is stored
 * @param entry the entry
 * @param value its answer, decoded for the call that is served
 * @param similarity cosine similarity of another wording; {@code null} for the same
 * prompt
 * @param look the number of the look at the store that found it, or {@link #LOADED}
 */
record Hit(Outcome outcome, CacheKey key, CacheEntry entry, Object value, @Nullable Double similarity, long look) {

	/** For an answer that was loaded, and not found in the store. */
	static final long LOADED = Long.MAX_VALUE;

	/**
	 * The same hit with another outcome.
	 */
	Hit with(Outcome newOutcome) {
		return new Hit(newOutcome, this.key, this.entry, this.value, this.similarity, this.look);
	}

	/**
	 * Whether it is as new as what a call would find by itself: the store was asked after
	 * the call had begun, or the method was run for the generation that the call found,
	 * too. What was found earlier may have been evicted before the call began.
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
