package io.github.llmcache.core;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lets a search go on until it is decided: on threads of an executor, and on none while
 * it waits. If the executor refuses, or if the search itself fails, the method runs.
 */
final class AsyncSearch {

	private final Call call;

	private final AnswerSearch search;

	private final Executor executor;

	private final Runnable decided;

	/**
	 * Create it.
	 * @param decided what to do then, on the thread on which it was decided
	 */
	AsyncSearch(Call call, AnswerSearch search, Executor executor, Runnable decided) {
		this.call = call;
		this.search = search;
		this.executor = executor;
		this.decided = decided;
	}

	void start() {
		try {
			this.executor.execute(this::advance);
		}
		catch (RejectedExecutionException ex) {
			this.call.bypass("executor-failure");
			this.decided.run();
		}
	}

	private void advance() {
		Wait wait;
		try {
			wait = this.search.advance();
		}
		catch (Throwable ex) {
			this.call.bypass("executor-failure");
			this.decided.run();
			throw ex;
		}
		if (wait != null) {
			wait.future().thenRun(this::start);
		}
		else {
			this.decided.run();
		}
	}

}
