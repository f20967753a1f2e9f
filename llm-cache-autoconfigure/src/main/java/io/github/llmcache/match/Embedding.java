package io.github.llmcache.match;

import org.jspecify.annotations.Nullable;

/**
 * The embedding of a prompt.
 *
 * @param vector the vector, or {@code null} if there is none
 * @param skip why it is not used to search, or {@code null}
 */
public record Embedding(float @Nullable [] vector, @Nullable String skip) {

	/** For a prompt that was not embedded. */
	public static final Embedding NONE = new Embedding(null, null);

	/**
	 * Whether entries were searched by it, or could have been.
	 * @return {@code true} if there is a vector and no reason against it
	 */
	public boolean isSearched() {
		return this.vector != null && this.skip == null;
	}

}
