package io.github.llmcache.answer;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An answer together with where it came from.
 * <p>
 * A method annotated with {@code @LlmCached} may return it: the method wraps its value
 * with {@link #of(Object)}, and the caller learns what the cache did. Only the value is
 * stored. In a stream, each element is wrapped.
 *
 * @param <T> type of the value
 * @param value the answer
 * @param outcome how the call was answered
 * @param similarity cosine similarity of the two prompts, for {@link Outcome#SEMANTIC},
 * and for {@link Outcome#STALE} if the wordings differ
 * @param age time since the answer was stored, for hits only
 * @param entryId digest that identifies the entry, for hits only
 * @param matchedPrompt the wording that the answer was loaded for, if there is a
 * similarity
 * @param reason why the cache was not consulted, for {@link Outcome#BYPASS} only
 */
public record CachedAnswer<T>(@Nullable T value, Outcome outcome, @Nullable Double similarity, @Nullable Duration age,
		@Nullable String entryId, @Nullable String matchedPrompt, @Nullable String reason) {

	/**
	 * Wrap a loaded value, inside an annotated method.
	 * @param <T> type of the value
	 * @param value the answer
	 * @return the value with outcome {@link Outcome#MISS}
	 */
	public static <T> CachedAnswer<T> of(@Nullable T value) {
		return new CachedAnswer<>(value, Outcome.MISS, null, null, null, null, null);
	}

	/**
	 * Describe the origin of another value, such as an element of an answer that is a
	 * stream.
	 * @param <U> type of the value
	 * @param value the value
	 * @return the other value, with the origin of this answer
	 */
	public <U> CachedAnswer<U> withValue(@Nullable U value) {
		return new CachedAnswer<>(value, this.outcome, this.similarity, this.age, this.entryId, this.matchedPrompt,
				this.reason);
	}

	public static <T> CachedAnswer<T> bypassed(@Nullable T value, @Nullable String reason) {
		return new CachedAnswer<>(value, Outcome.BYPASS, null, null, null, null, reason);
	}

	/**
	 * Whether the answer came from the cache.
	 * @return {@code true} if the method did not run
	 */
	public boolean isHit() {
		return this.outcome.isHit();
	}

	/**
	 * Outcome and numbers only: answers and prompts do not appear in log lines.
	 */
	@Override
	public String toString() {
		return "CachedAnswer[outcome=" + this.outcome + ", similarity=" + this.similarity + ", age=" + this.age + "]";
	}

}
