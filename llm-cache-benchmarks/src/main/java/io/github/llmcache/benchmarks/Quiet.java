package io.github.llmcache.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.OperatingSystemMXBean;

/**
 * Waits for what an application does in the background, such as comparing answers that
 * were stored or building a graph of vectors, so that it is not measured as part of what
 * comes next.
 */
public final class Quiet {

	private static final Duration INTERVAL = Duration.ofMillis(200);

	/** The most that a virtual machine with nothing to do takes of a processor. */
	private static final double IDLE = 0.1;

	private Quiet() {
	}

	/**
	 * Wait until this process hardly uses a processor.
	 */
	public static void await() {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		long before;
		long after = system.getProcessCpuTime();
		do {
			before = after;
			sleep();
			after = system.getProcessCpuTime();
		}
		while (after - before > IDLE * INTERVAL.toNanos());
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
