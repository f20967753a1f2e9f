package io.github.llmcache.sample.web;

/**
 * A request that cannot be answered; the message says what to send instead.
 */
class BadRequestException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	BadRequestException(String message) {
		super(message);
	}

}
