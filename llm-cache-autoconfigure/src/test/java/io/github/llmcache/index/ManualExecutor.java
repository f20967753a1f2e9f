package io.github.llmcache.index;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Keeps tasks until a test runs them.
 */
final class ManualExecutor implements Executor {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
	}

	int waiting() {
		return this.tasks.size();
	}

	void runOne() {
		this.tasks.remove().run();
	}

	void runAll() {
		while (!this.tasks.isEmpty()) {
			runOne();
		}
	}

}
