package io.github.llmcache.sample.model;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * One model's speed and price.
 *
 * @param providerModel its name at the provider; by default the application's name for it
 * @param latency time to the first token, of the simulated model
 * @param tokensPerSecond speed of the simulated model
 * @param inputPricePerMillion price of a million tokens of prompts, in dollars
 * @param outputPricePerMillion price of a million tokens of answers, in dollars
 */
public record ModelSettings(@Nullable String providerModel, @DefaultValue("300ms") Duration latency,
		@DefaultValue("100") double tokensPerSecond, @DefaultValue("0") double inputPricePerMillion,
		@DefaultValue("0") double outputPricePerMillion) {

	private static final double MILLION = 1_000_000;

	public ModelSettings {
		Assert.isTrue(!latency.isNegative(), "latency must not be negative");
		Assert.isTrue(tokensPerSecond > 0, "tokens-per-second must be positive");
		Assert.isTrue(inputPricePerMillion >= 0, "input-price-per-million must not be negative");
		Assert.isTrue(outputPricePerMillion >= 0, "output-price-per-million must not be negative");
	}

	double cost(int inputTokens, int outputTokens) {
		return (inputTokens * this.inputPricePerMillion + outputTokens * this.outputPricePerMillion) / MILLION;
	}

}
