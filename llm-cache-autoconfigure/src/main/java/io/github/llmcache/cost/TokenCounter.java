package io.github.llmcache.cost;

/**
 * Counts the tokens of texts, to estimate what a model that does not tell has used.
 * <p>
 * Called by many threads at once, for each answer that is stored without a usage.
 */
@FunctionalInterface
public interface TokenCounter {

	/**
	 * Count by length: four characters for a token, a rule of thumb for English.
	 */
	TokenCounter BY_LENGTH = (text) -> (text.length() + 3L) / 4;

	/**
	 * Count the tokens of a text.
	 * @param text the text; of any length, may be empty
	 * @return their number; not negative
	 */
	long count(String text);

}
