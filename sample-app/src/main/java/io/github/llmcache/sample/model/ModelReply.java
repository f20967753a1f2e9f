package io.github.llmcache.sample.model;

import java.time.Duration;

import io.github.llmcache.answer.Completeness;
import io.github.llmcache.answer.TextualAnswer;

/**
 * What a model answered, and what it took.
 *
 * @param text the answer
 * @param model name of the model
 * @param inputTokens length of the prompt in tokens
 * @param outputTokens length of the answer in tokens
 * @param latency how long it took
 * @param cost what it cost, in dollars
 * @param complete whether the model finished its answer; if not, the answer is not cached
 */
public record ModelReply(String text, String model, int inputTokens, int outputTokens, Duration latency, double cost,
		boolean complete) implements Completeness, TextualAnswer {

}
