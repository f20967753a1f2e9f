package io.github.llmcache.key;

import io.github.llmcache.store.CacheKey;

/**
 * Computes where an answer is stored.
 * <p>
 * The same identity, fingerprint and prompt give the same key in every JVM and after
 * every restart. Any difference in one of them gives another key. Called by many threads
 * at once.
 */
public interface PromptKeyGenerator {

	/**
	 * Compute the key.
	 * @param identity everything but the prompt that has to be equal
	 * @param embedder the fingerprint of the embedder, empty if there is none
	 * @param prompt the prompt, normalised
	 * @return the key
	 * @throws UncacheableArgumentException if an argument has no canonical form; the call
	 * then bypasses the cache
	 */
	CacheKey generate(CacheIdentity identity, String embedder, String prompt);

}
