package io.github.llmcache.sample.command;

/**
 * The arguments are not those of a command. The user is shown what they should be.
 */
class UsageException extends CommandException {

	private static final long serialVersionUID = 1L;

	UsageException(String message) {
		super(message);
	}

}
