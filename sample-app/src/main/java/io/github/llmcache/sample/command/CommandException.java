package io.github.llmcache.sample.command;

import org.jspecify.annotations.Nullable;

/**
 * The command cannot do what was asked for. The user is shown nothing but the message.
 */
public class CommandException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public CommandException(String message) {
		super(message);
	}

	public CommandException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
