package io.github.llmcache.key;

import org.jspecify.annotations.Nullable;

/**
 * An argument cannot be turned into canonical JSON, so that nobody can tell whether it is
 * equal to that of an earlier call.
 */
public class UncacheableArgumentException extends RuntimeException {

	/**
	 * Create the exception.
	 * @param argument the name of the argument
	 * @param type the type of its value
	 * @param reason why it has no canonical form, as a sentence without a full stop and
	 * without any part of the value; {@code null} if nobody knows
	 * @param cause what was thrown
	 */
	public UncacheableArgumentException(String argument, Class<?> type, @Nullable String reason, Throwable cause) {
		super("Argument '" + argument + "' of type " + type.getName() + " cannot be turned into canonical JSON"
				+ ((reason != null) ? ": " + reason : ""), cause);
	}

}
