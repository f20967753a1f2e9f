package io.github.llmcache.cost;

import io.github.llmcache.answer.TokenUsage;

/**
 * What a model's tokens cost.
 *
 * @param input price of a million tokens that the model is sent; not negative
 * @param output price of a million tokens that it answers; not negative
 */
public record Price(double input, double output) {

	private static final double MILLION = 1_000_000;

	public Price {
		if (!(input >= 0 && output >= 0)) {
			throw new IllegalArgumentException("Prices must not be negative");
		}
	}

	/**
	 * What an answer cost.
	 * @param usage its tokens
	 * @return the price, in the currency of the table
	 */
	public double of(TokenUsage usage) {
		return (this.input * usage.inputTokens() + this.output * usage.outputTokens()) / MILLION;
	}

}
