package io.github.llmcache.core;

/**
 * An argument cannot be turned into canonical JSON, so that nobody can tell whether it is
 * equal to that of an earlier call.
 */
public class UncacheableArgumentException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param argument the name of the argument
	 * @param type the type of its value
	 * @param cause why it has no canonical form
	 */
	public UncacheableArgumentException(String argument, Class<?> type, Throwable cause) {
		super("Argument '" + argument + "' of type " + type.getName() + " cannot be turned into canonical JSON", cause);
	}

}
