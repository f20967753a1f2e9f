package io.github.llmcache.reactive;

/**
 * A subscriber that has joined a shared stream cannot get its elements.
 */
final class NotSharedException extends RuntimeException {

	NotSharedException(String message) {
		super(message, null, false, false);
	}

}
