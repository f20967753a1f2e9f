package io.github.llmcache.core;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.github.llmcache.core.Step.Decision;
import io.github.llmcache.core.Step.Wait;

/**
 * Lets a search go on until it is decided: on threads of an executor, and on none while
 * it waits. If the executor refuses, or if the search itself fails, the method runs.
 */
final class SearchScheduler {

	private final AnswerSearch search;

	private final Executor executor;

	private final Consumer<Decision> decided;

	/**
	 * Create the scheduler of one search.
	 * @param decided is given the decision, on the thread that made it
	 */
	SearchScheduler(AnswerSearch search, Executor executor, Consumer<Decision> decided) {
		this.search = search;
		this.executor = executor;
		this.decided = decided;
	}

	void start() {
		try {
			this.executor.execute(this::advance);
		}
		catch (RejectedExecutionException ex) {
			this.decided.accept(this.search.bypass("executor-failure"));
		}
	}

	private void advance() {
		Step step;
		try {
			step = this.search.advance();
		}
		catch (Throwable ex) {
			this.decided.accept(this.search.bypass("executor-failure"));
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
