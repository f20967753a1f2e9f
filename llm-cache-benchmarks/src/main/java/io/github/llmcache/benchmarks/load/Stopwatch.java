package io.github.llmcache.benchmarks.load;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Times calls in this JVM.
 */
final class Stopwatch {

	private Stopwatch() {
	}

	/**
	 * The median time of a call, measured after as many calls that are not timed.
	 * @param calls how many are timed
	 * @param call is given the numbers from 0 on, each once
	 * @return microseconds
	 */
	static double median(int calls, IntConsumer call) {
		double[] times = new double[calls];
		for (int i = 0; i < 2 * calls; i++) {
			long start = System.nanoTime();
			call.accept(i);
			times[i % calls] = (System.nanoTime() - start) / 1e3;
		}
		Arrays.sort(times);
		return times[calls / 2];
	}

}
