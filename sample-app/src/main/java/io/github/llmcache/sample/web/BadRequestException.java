package io.github.llmcache.sample.web;

/**
 * The client has to send something else; the message says what.
 */
class BadRequestException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	BadRequestException(String message) {
		super(message);
	}

}
