package io.github.llmcache.test.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does the same on several threads at once.
 */
final class Concurrently {

	private Concurrently() {
	}

	/**
	 * Call an action on each of several threads.
	 * @param threads how many
	 * @param action what each does
	 * @return what each got
	 * @throws Exception what one of them threw, as the cause
	 */
	static <T> List<T> call(int threads, Callable<T> action) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<T> results = new ArrayList<>();
			for (Future<T> result : executor.invokeAll(Collections.nCopies(threads, action))) {
				results.add(result.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

}
