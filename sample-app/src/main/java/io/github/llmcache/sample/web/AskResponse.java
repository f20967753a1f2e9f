package io.github.llmcache.sample.web;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.sample.router.AssistantReply;

/**
 * An answer, as it goes out.
 *
 * @param answer the answer
 * @param model name of the model that it came from
 * @param outcome {@code exact}, {@code semantic}, {@code miss} or {@code bypass}
 * @param similarity cosine similarity, for a semantic hit only
 * @param matchedPrompt the wording that the answer was loaded for, for a semantic hit
 * only
 * @param entry identifies the entry, for hits only
 * @param lookupMillis how long the cache took
 * @param totalMillis how long it took altogether
 * @param cost what it cost, in dollars
 * @param saved what the model would have cost, in dollars
 */
record AskResponse(String answer, String model, String outcome, @Nullable Double similarity,
		@Nullable String matchedPrompt, @Nullable String entry, double lookupMillis, double totalMillis, double cost,
		double saved) {

	static AskResponse of(AssistantReply reply) {
		return new AskResponse(reply.answer(), reply.model(), reply.outcome().name().toLowerCase(Locale.ROOT),
				reply.similarity(), reply.matchedPrompt(), reply.entryId(), millis(reply.lookupTime()),
				millis(reply.totalTime()), reply.cost(), reply.saved());
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

}
