package io.github.llmcache.sample.evaluate;

/**
 * Two prompts.
 *
 * @param promptA the prompt whose answer is in the cache
 * @param promptB the prompt that comes in
 * @param match whether the answer of the first may be served to the second
 * @param source where the pair is from
 * @param category what the two differ in
 */
record PromptPair(String promptA, String promptB, boolean match, String source, String category) {

}
