package io.github.llmcache.thread;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;

/**
 * The threads on which the cache works for callers that do not wait.
 *
 * @param executor has the threads; may refuse tasks
 * @param context carries what belongs to a thread, such as a logging context, over to
 * another one: on the first thread, it is given a task and returns another one, which the
 * second thread runs, perhaps several times
 */
public record Threads(Executor executor, UnaryOperator<Runnable> context) {

	/**
	 * Run a task in the context of this thread.
	 * @param task the task
	 * @return {@code false} if it was refused
	 */
	public boolean execute(Runnable task) {
		try {
			this.executor.execute(this.context.apply(task));
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	/**
	 * An executor for the steps of one call, which come one after the other. Each runs in
	 * the context of this thread.
	 * @return the executor
	 */
	public Executor forCall() {
		return new CallExecutor();
	}

	private final class CallExecutor implements Executor {

		private final Runnable inContext = Threads.this.context.apply(() -> this.step.run());

		private volatile Runnable step = () -> {
		};

		@Override
		public void execute(Runnable task) {
			Threads.this.executor.execute(() -> {
				this.step = task;
				this.inContext.run();
			});
		}

	}

}
