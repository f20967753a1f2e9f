package io.github.llmcache.thread;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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

	/**
	 * Create a pool of such threads. It has none as long as there is nothing to do.
	 * @param threads the highest number of threads
	 * @param longestQueue how many tasks may wait for a thread; more are refused
	 * @return the pool
	 */
	public ThreadPoolExecutor pool(int threads, int longestQueue) {
		ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(longestQueue), this);
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

}
