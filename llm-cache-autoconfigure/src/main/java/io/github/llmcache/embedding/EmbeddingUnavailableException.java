package io.github.llmcache.embedding;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when one text could not be embedded now: the waiting thread was interrupted, or
 * the model failed.
 * <p>
 * The message never holds the text.
 */
public class EmbeddingUnavailableException extends RuntimeException {

	/**
	 * An exception with or without a cause.
	 * @param message what happened, without the text
	 * @param cause what was thrown, or {@code null}
	 */
	public EmbeddingUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
