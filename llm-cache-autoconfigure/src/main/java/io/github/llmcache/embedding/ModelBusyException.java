package io.github.llmcache.embedding;

/**
 * Thrown when a model already has enough to do, so that a call does not wait during an
 * overload. It says nothing about the text that was refused, which may be accepted a
 * moment later.
 * <p>
 * It has no stack trace, because an overload causes many of them.
 */
public class ModelBusyException extends RuntimeException {

	/**
	 * An exception without a stack trace.
	 * @param message how busy the model is, without the text
	 */
	public ModelBusyException(String message) {
		super(message, null, false, false);
	}

}
