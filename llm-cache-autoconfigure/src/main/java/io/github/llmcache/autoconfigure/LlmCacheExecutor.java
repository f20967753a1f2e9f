package io.github.llmcache.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Runs lookups and stores for methods that return a future or a reactive type, these
 * methods themselves until they return, and refreshes. A type of its own, so that an
 * application's executors are not taken for it. A bean of this type takes the place of
 * the default.
 */
public final class LlmCacheExecutor implements Executor, AutoCloseable {

	private final Executor executor;

	/**
	 * Use an executor.
	 * @param executor its threads may block; may refuse tasks, whose calls bypass the
	 * cache then. If it is an {@link ExecutorService}, it is shut down with the
	 * application
	 */
	public LlmCacheExecutor(Executor executor) {
		this.executor = executor;
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(task);
	}

	@Override
	public void close() {
		if (this.executor instanceof ExecutorService service) {
			service.shutdown();
		}
	}

}
