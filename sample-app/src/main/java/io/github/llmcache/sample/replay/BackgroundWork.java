package io.github.llmcache.sample.replay;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

import org.springframework.stereotype.Component;

/**
 * Does at once what an application does in the background, such as comparing answers, so
 * that figures are the same each time; or, while a request is timed, as soon as that is
 * over: no request waits for it. Safe for use by many threads.
 */
@Component
class BackgroundWork implements Executor {

	private final Queue<Runnable> postponed = new ConcurrentLinkedQueue<>();

	private volatile boolean postponing;

	@Override
	public void execute(Runnable task) {
		if (this.postponing) {
			this.postponed.add(task);
		}
		else {
			task.run();
		}
	}

	/**
	 * Do nothing until {@link #resume()} is called.
	 */
	void postpone() {
		this.postponing = true;
	}

	/**
	 * Do what was postponed.
	 */
	void resume() {
		this.postponing = false;
		Runnable task = this.postponed.poll();
		while (task != null) {
			task.run();
			task = this.postponed.poll();
		}
	}

}
