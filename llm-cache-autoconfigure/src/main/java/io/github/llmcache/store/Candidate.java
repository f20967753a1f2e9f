package io.github.llmcache.store;

/**
 * An entry that the similarity search found. It is not yet a hit: a
 * {@link io.github.llmcache.verify.MatchVerifier MatchVerifier} has to accept it first.
 *
 * @param key address of the entry
 * @param entry the entry, as it was when it was found
 * @param similarity cosine similarity of the two prompts' embeddings, between -1 and 1
 */
public record Candidate(CacheKey key, CacheEntry entry, double similarity) {

}
