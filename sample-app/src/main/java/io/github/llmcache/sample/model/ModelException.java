package io.github.llmcache.sample.model;

import org.jspecify.annotations.Nullable;

/**
 * A model gave no answer. The message says why, without the prompt.
 */
public class ModelException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public ModelException(String message) {
		super(message);
	}

	public ModelException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
