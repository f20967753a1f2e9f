package io.github.llmcache.sample.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * What the cache does with a pair.
 *
 * @param pair the pair
 * @param served whether the answer of the first prompt was served to the second
 * @param score cosine similarity if the verifier accepts the pair, however low it is; 1
 * if the prompts are the same; {@code null} if it is never served
 * @param probability how probable it is that the prompts ask for the same, 1 if they are
 * the same; {@code null} if that is not known
 * @param refusal why it was not served, or {@code null}
 */
record Judgement(PromptPair pair, boolean served, @Nullable Double score, @Nullable Double probability,
		@Nullable String refusal) {

}
