package io.github.llmcache.reactive;

/**
 * There is nothing in a shared stream for one who takes part.
 */
final class NotSharedException extends RuntimeException {

	NotSharedException(String message) {
		super(message, null, false, false);
	}

}
