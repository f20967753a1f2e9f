package io.github.llmcache.sample.model;

import java.time.Duration;

/**
 * What a model answered, and what it took.
 *
 * @param text the answer
 * @param model name of the model
 * @param inputTokens length of the prompt in tokens
 * @param outputTokens length of the answer in tokens
 * @param latency how long it took
 * @param cost what it cost, in dollars
 */
public record ModelReply(String text, String model, int inputTokens, int outputTokens, Duration latency, double cost) {

}
