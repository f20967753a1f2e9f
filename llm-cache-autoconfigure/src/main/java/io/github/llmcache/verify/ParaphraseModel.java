package io.github.llmcache.verify;

import org.jspecify.annotations.Nullable;

/**
 * Estimates whether two prompts ask for the same thing.
 * <p>
 * Called by many threads at once. It may throw any unchecked exception; the candidate is
 * judged without it then.
 */
@FunctionalInterface
public interface ParaphraseModel {

	/**
	 * Compare two prompts.
	 * @param prompt the incoming prompt
	 * @param cachedPrompt the prompt that the cached answer was loaded for
	 * @return the probability, between 0 and 1, both exclusive; {@code null} if the model
	 * cannot tell, for example because the prompts are too long
	 */
	@Nullable Double probability(String prompt, String cachedPrompt);

	/**
	 * A quicker estimate of the same, for prompts whose deciding words agree: it has to
	 * tell only whether the model takes them for different ones all the same.
	 * @param prompt the incoming prompt
	 * @param cachedPrompt the prompt that the cached answer was loaded for
	 * @return by default {@link #probability}
	 */
	default @Nullable Double roughProbability(String prompt, String cachedPrompt) {
		return probability(prompt, cachedPrompt);
	}

	/**
	 * What its probabilities rest on, apart from the prompts: a decision that is
	 * remembered is made again when this has changed.
	 * @return a text, by default the name of the class; another one for each version of
	 * the model
	 */
	default String fingerprint() {
		return getClass().getName();
	}

}
