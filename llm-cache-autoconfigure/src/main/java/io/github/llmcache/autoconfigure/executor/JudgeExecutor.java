package io.github.llmcache.autoconfigure.executor;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Runs the judge that calls wait for before they are served. A bean of this type replaces
 * the default, which has up to eight threads.
 */
public final class JudgeExecutor extends OwnExecutor {

	/**
	 * Use an executor.
	 * @param executor runs tasks on threads that may block; may refuse tasks, whose calls
	 * then do without a verdict. If it is an {@link ExecutorService}, it is shut down
	 * with the application
	 */
	public JudgeExecutor(Executor executor) {
		super(executor);
	}

}
