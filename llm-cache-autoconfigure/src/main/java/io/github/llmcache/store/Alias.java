package io.github.llmcache.store;

import org.jspecify.annotations.Nullable;

/**
 * Which entry another wording of its prompt was served, so that the same wording need not
 * be embedded, searched and decided about again. It is of use as long as the entry is the
 * one that was decided about.
 *
 * @param digest the {@linkplain CacheKey#digest() digest} of the entry's key
 * @param entry the entry, as the store has given it
 * @param similarity cosine similarity of the two prompts' embeddings, between -1 and 1
 * @param decidedBy what the decision rests on, apart from the prompts and the entry: 16
 * hexadecimal digits
 * @param matchRecord what was known about the entry when it was decided about;
 * {@code null} if nothing is learned
 */
public record Alias(String digest, CacheEntry entry, double similarity, String decidedBy,
		@Nullable MatchRecord matchRecord) {

}
