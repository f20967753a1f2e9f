package io.github.llmcache.key;

import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;

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

	/**
	 * Compute the key of another prompt in a partition that
	 * {@link #generate(CacheIdentity, String, String)} computed before, in any JVM.
	 * Explanations without a call and imports of entries need it.
	 * @param partition the partition; only its id counts
	 * @param prompt the prompt, normalised
	 * @return the key
	 * @throws UnsupportedOperationException if keys are not made that way
	 */
	default CacheKey generate(Partition partition, String prompt) {
		throw new UnsupportedOperationException(
				"The PromptKeyGenerator of this application does not know the keys of a partition");
	}

	/**
	 * The partition of the same identity with another embedder, to move entries from one
	 * embedding model to another.
	 * @param partition a partition that this generator computed, in any JVM
	 * @param embedder the fingerprint of the other embedder, empty if there is none
	 * @return the partition; an equal one if the embedder is the same
	 * @throws UnsupportedOperationException if keys are not made that way
	 */
	default Partition withEmbedder(Partition partition, String embedder) {
		throw new UnsupportedOperationException(
				"The PromptKeyGenerator of this application does not know the partitions of another embedder");
	}

}
