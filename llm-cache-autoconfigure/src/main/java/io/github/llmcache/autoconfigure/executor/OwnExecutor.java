package io.github.llmcache.autoconfigure.executor;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * An executor for one purpose, with a type of its own, so that no other executor of the
 * application is mistaken for it.
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
