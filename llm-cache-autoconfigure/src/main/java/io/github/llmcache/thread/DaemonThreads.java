package io.github.llmcache.thread;

import java.util.concurrent.ThreadFactory;

/**
 * Makes threads that do not keep the JVM from ending.
 *
 * @param name the name of each
 */
public record DaemonThreads(String name) implements ThreadFactory {

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = new Thread(task, this.name);
		thread.setDaemon(true);
		return thread;
	}

}
