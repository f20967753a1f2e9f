package io.github.llmcache.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.OperatingSystemMXBean;

/**
 * Waits for what an application does in the background, such as comparing answers that
 * were stored, so that it is not measured as part of what comes next.
 */
final class Quiet {

	private static final Duration INTERVAL = Duration.ofMillis(200);

	/** What a virtual machine that has nothing to do takes of a processor, at most. */
	private static final double IDLE = 0.1;

	private static final int MOST_INTERVALS = 300;

	private Quiet() {
	}

	/**
	 * Wait until this process has hardly used a processor for a while, or for a minute.
	 */
	static void await() {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		long before = system.getProcessCpuTime();
		for (int interval = 0; interval < MOST_INTERVALS; interval++) {
			sleep();
			long now = system.getProcessCpuTime();
			if (now - before < IDLE * INTERVAL.toNanos()) {
				return;
			}
			before = now;
		}
	}

	private static void sleep() {
		try {
			Thread.sleep(INTERVAL.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted while waiting for the application to have nothing to do", ex);
		}
	}

}
