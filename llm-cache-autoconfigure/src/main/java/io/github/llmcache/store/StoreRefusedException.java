package io.github.llmcache.store;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a {@link CacheStore} answers, but refuses a request. The message, which is
 * logged, says why and what to do about it.
 */
public class StoreRefusedException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message why, and the remedy; no prompt, answer or scope
	 * @param cause what the store answered, if that is known
	 */
	public StoreRefusedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
