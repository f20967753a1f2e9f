package io.github.llmcache.codec;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an answer could not be encoded or decoded. The message never holds any part
 * of the answer.
 */
public class PayloadException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message what could not be done, without any part of the answer
	 * @param cause why, if another exception says it
	 */
	public PayloadException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
