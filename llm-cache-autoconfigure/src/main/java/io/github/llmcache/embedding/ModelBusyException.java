package io.github.llmcache.embedding;

/**
 * Thrown instead of waiting when a model has enough to do already, so that a call does
 * not pay for an overload with its own time. Tells nothing about the text that was
 * refused: it may be accepted a moment later.
 * <p>
 * Has no stack trace: under an overload there are many of them.
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
