package io.github.llmcache.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lets a search go on until it is decided: on threads of an executor, and on none while
 * it waits. If the executor refuses, the cache is not consulted.
 */
final class AsyncSearch {

	private final Call call;

	private final AnswerSearch search;

	private final Executor executor;

	private final CompletableFuture<Void> decided = new CompletableFuture<>();

	private AsyncSearch(Call call, AnswerSearch search, Executor executor) {
		this.call = call;
		this.search = search;
		this.executor = executor;
	}

	/**
	 * Start it.
	 * @return done when it is decided
	 */
	static CompletableFuture<Void> start(Call call, AnswerSearch search, Executor executor) {
		AsyncSearch started = new AsyncSearch(call, search, executor);
		started.schedule();
		return started.decided;
	}

	private void schedule() {
		try {
			this.executor.execute(this::advance);
		}
		catch (RejectedExecutionException ex) {
			this.call.bypass("executor-failure");
			this.decided.complete(null);
		}
	}

	private void advance() {
		try {
			Wait wait = this.search.advance();
			if (wait != null) {
				wait.future().thenRun(this::schedule);
			}
			else {
				this.decided.complete(null);
			}
		}
		catch (Throwable ex) {
			this.decided.completeExceptionally(ex);
		}
	}

}
