package io.github.llmcache.core;

import org.jspecify.annotations.Nullable;

/**
 * Loads an answer: the method call that the cache stands in front of.
 *
 * @param <T> type of the answer
 * @param <X> what may be thrown, which reaches the caller unchanged
 */
@FunctionalInterface
public interface Loader<T, X extends Throwable> {

	/**
	 * Load the answer. Called at most once for each call of the cache.
	 * @return the answer
	 * @throws X if there is none
	 */
	@Nullable T load() throws X;

}
