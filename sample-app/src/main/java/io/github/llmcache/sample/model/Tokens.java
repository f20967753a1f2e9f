package io.github.llmcache.sample.model;

/**
 * Length of texts in tokens, by the rule of thumb of four characters to a token.
 */
public final class Tokens {

	private static final int CHARACTERS_PER_TOKEN = 4;

	private Tokens() {
	}

	/**
	 * Estimate the length of a text.
	 * @param text the text
	 * @return the number of tokens; at least 1
	 */
	public static int estimate(String text) {
		return Math.max(1, (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN);
	}

}
