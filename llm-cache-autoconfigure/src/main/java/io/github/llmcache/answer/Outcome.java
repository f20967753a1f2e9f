package io.github.llmcache.answer;

/**
 * How a call was answered.
 */
public enum Outcome {

	/** Served from the entry of the same prompt and identity. */
	EXACT,

	/** Served from the entry of another wording that the verifier accepted. */
	SEMANTIC,

	/** Nothing could be served: the method ran. */
	MISS,

	/** Served from an entry beyond its TTL, because the task allows that. */
	STALE,

	/** The cache was not consulted, or could not be: the method ran. */
	BYPASS;

	/**
	 * Whether the answer came from the cache.
	 * @return {@code true} for {@link #EXACT}, {@link #SEMANTIC} and {@link #STALE}
	 */
	public boolean isHit() {
		return this == EXACT || this == SEMANTIC || this == STALE;
	}

}
