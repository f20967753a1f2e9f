package io.github.llmcache.answer;

/**
 * How many tokens a language model read and wrote for an answer.
 *
 * @param inputTokens tokens of what the model was sent; not negative
 * @param outputTokens tokens of what it answered; not negative
 * @param estimated whether the numbers are an estimate, not those of the model
 */
public record TokenUsage(long inputTokens, long outputTokens, boolean estimated) {

	public TokenUsage {
		if (inputTokens < 0 || outputTokens < 0) {
			throw new IllegalArgumentException("Numbers of tokens must not be negative");
		}
	}

	/**
	 * What the model has reported.
	 * @param inputTokens tokens of what the model was sent
	 * @param outputTokens tokens of what it answered
	 * @return the usage
	 */
	public static TokenUsage reported(long inputTokens, long outputTokens) {
		return new TokenUsage(inputTokens, outputTokens, false);
	}

	/**
	 * The tokens of both.
	 * @return the sum
	 */
	public long totalTokens() {
		return this.inputTokens + this.outputTokens;
	}

}
