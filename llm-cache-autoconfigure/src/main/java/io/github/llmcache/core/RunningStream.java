package io.github.llmcache.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;

/**
 * A stream that another call has begun and that this call may take part in.
 *
 * @param stream what the other call shares
 * @param outcome {@link Outcome#EXACT}, or {@link Outcome#SEMANTIC} for another wording
 * @param entryId digest that identifies the entry that the stream will be stored as
 * @param similarity cosine similarity of another wording
 * @param matchedPrompt the other wording
 */
record RunningStream(Object stream, Outcome outcome, String entryId, @Nullable Double similarity,
		@Nullable String matchedPrompt) {

	<T> CachedAnswer<T> answer() {
		return new CachedAnswer<>(null, this.outcome, this.similarity, Duration.ZERO, this.entryId, this.matchedPrompt,
				null);
	}

	/**
	 * Outcome and entry only: prompts and answers do not appear in log lines.
	 */
	@Override
	public String toString() {
		return "RunningStream[outcome=" + this.outcome + ", entryId=" + this.entryId + "]";
	}

}
