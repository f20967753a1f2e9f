package io.github.llmcache.sample.router;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;

/**
 * What the assistant answered.
 *
 * @param answer the answer
 * @param model name of the model that it came from
 * @param outcome what the cache did
 * @param similarity cosine similarity of the two wordings, for a semantic hit only
 * @param matchedPrompt the wording that the answer was loaded for, for a semantic hit
 * only
 * @param age time since the answer was stored, for hits only
 * @param entryId identifies the entry, for hits only
 * @param lookupTime how long the cache took
 * @param totalTime how long it took altogether
 * @param timeSaved how much longer the model would have taken; zero if it was asked
 * @param cost what it cost, in dollars
 * @param saved what the model would have cost, in dollars; zero if it was asked
 */
public record AssistantReply(String answer, String model, Outcome outcome, @Nullable Double similarity,
		@Nullable String matchedPrompt, @Nullable Duration age, @Nullable String entryId, Duration lookupTime,
		Duration totalTime, Duration timeSaved, double cost, double saved) {

}
