package io.github.llmcache.event;

/**
 * Thrown by a {@link LlmCacheListener} that notifies others, if one of them has failed.
 */
public class ListenerFailedException extends RuntimeException {

	private final String listener;

	/**
	 * Create the exception.
	 * @param listener the listener that failed: the name of a class or of a method
	 * @param cause what it threw
	 */
	public ListenerFailedException(String listener, Throwable cause) {
		super(listener + " failed", cause);
		this.listener = listener;
	}

	/**
	 * The listener that failed.
	 * @return the name of a class or of a method
	 */
	public String getListener() {
		return this.listener;
	}

}
