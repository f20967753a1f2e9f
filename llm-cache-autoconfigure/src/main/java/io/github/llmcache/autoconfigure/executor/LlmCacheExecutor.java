package io.github.llmcache.autoconfigure.executor;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Runs lookups and stores for methods that return a future or a reactive type, these
 * methods themselves until they return, and refreshes. A bean of this type takes the
 * place of the default, which has ten threads for each processor, or virtual threads if
 * {@code spring.threads.virtual.enabled} is set.
 */
public final class LlmCacheExecutor extends OwnExecutor {

	/**
	 * Use an executor.
	 * @param executor runs tasks on threads that may block; may refuse tasks, whose calls
	 * then bypass the cache. If it is an {@link ExecutorService}, it is shut down with
	 * the application
	 */
	public LlmCacheExecutor(Executor executor) {
		super(executor);
	}

}
