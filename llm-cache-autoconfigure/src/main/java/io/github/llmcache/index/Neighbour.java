package io.github.llmcache.index;

/**
 * A vector that a {@link VectorIndex} found.
 *
 * @param id the id that the vector was put with
 * @param similarity cosine similarity to the query, between -1 and 1
 */
public record Neighbour(String id, double similarity) {

}
