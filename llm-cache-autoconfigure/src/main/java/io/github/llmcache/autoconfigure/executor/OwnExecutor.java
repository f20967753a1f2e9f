package io.github.llmcache.autoconfigure.executor;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * An executor for one purpose, as a type of its own, so that an application's executors
 * are not taken for it.
 */
abstract class OwnExecutor implements Executor, AutoCloseable {

	private final Executor executor;

	OwnExecutor(Executor executor) {
		this.executor = executor;
	}

	@Override
	public final void execute(Runnable task) {
		this.executor.execute(task);
	}

	@Override
	public final void close() {
		if (this.executor instanceof ExecutorService service) {
			service.shutdownNow();
		}
	}

}
