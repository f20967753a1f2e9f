package io.github.llmcache.store;

import org.jspecify.annotations.Nullable;

/**
 * A {@link CacheStore} answers, and refuses what it was asked for. The message says why
 * and what to do about it; it is logged.
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
