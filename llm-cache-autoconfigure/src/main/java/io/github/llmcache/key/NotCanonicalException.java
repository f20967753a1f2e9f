package io.github.llmcache.key;

/**
 * A value that cannot be written completely. The message names types and fields only.
 */
final class NotCanonicalException extends RuntimeException {

	private static final long serialVersionUID = 1;

	NotCanonicalException(String reason) {
		super(reason);
	}

}
