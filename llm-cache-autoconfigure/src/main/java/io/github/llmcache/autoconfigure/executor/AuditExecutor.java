package io.github.llmcache.autoconfigure.executor;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Runs the tasks that learn from answers: comparisons, and audits, which run the method
 * again. A bean of this type replaces the default, which has up to four threads.
 */
public final class AuditExecutor extends OwnExecutor {

	/**
	 * Use an executor.
	 * @param executor may refuse tasks; if it is an {@link ExecutorService}, it is shut
	 * down with the application, and tasks that wait then are dropped
	 */
	public AuditExecutor(Executor executor) {
		super(executor);
	}

}
