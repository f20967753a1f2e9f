package io.github.llmcache.store;

import org.jspecify.annotations.Nullable;

/**
 * A {@link CacheStore} cannot be reached as a whole. Whoever throws it logs when that
 * begins and when it ends, so that single occurrences are counted only.
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
