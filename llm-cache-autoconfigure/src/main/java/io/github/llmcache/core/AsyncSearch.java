package io.github.llmcache.core;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Lets a search go on until it is decided: on threads of an executor, and on none while
 * it waits. If the executor refuses, or if the search itself fails, the method runs.
 */
final class AsyncSearch {

	private final Call call;

	private final AnswerSearch search;

	private final Executor executor;

	private final Consumer<Decision> decided;

	/**
	 * Create it.
	 * @param decided goes on then, on the thread on which it was decided
	 */
	AsyncSearch(Call call, AnswerSearch search, Executor executor, Consumer<Decision> decided) {
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
			this.decided.accept(Decision.LOAD);
		}
	}

	private void advance() {
		Step step;
		try {
			step = this.search.advance();
		}
		catch (Throwable ex) {
			this.call.bypass("executor-failure");
			this.decided.accept(Decision.LOAD);
			throw ex;
		}
		if (step instanceof Wait wait) {
			wait.future().thenRun(this::start);
		}
		else {
			this.decided.accept((Decision) step);
		}
	}

}
