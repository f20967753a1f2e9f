package io.github.llmcache.store;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a {@link CacheStore} as a whole cannot be reached. Whoever throws it logs
 * when this begins and ends, so that single occurrences are only counted.
 */
public class StoreUnavailableException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message what cannot be reached; no prompt, answer or address
	 * @param cause why, if that is known
	 */
	public StoreUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
