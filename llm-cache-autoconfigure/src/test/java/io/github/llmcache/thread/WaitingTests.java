package io.github.llmcache.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Waiting}.
 */
@Timeout(30)
class WaitingTests {

	private static final long LONG = TimeUnit.SECONDS.toNanos(30);

	/** Has two threads, and no other that could replace one that waits. */
	private final ForkJoinPool full = new ForkJoinPool(2, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true,
			2, 2, 2, null, 1, TimeUnit.MINUTES);

	private final CompletableFuture<String> result = new CompletableFuture<>();

	@AfterEach
	void stop() {
		this.full.shutdownNow();
	}

	@Test
	void threadsOfAFullPoolWaitToo() throws Exception {
		CountDownLatch started = new CountDownLatch(2);
		List<ForkJoinTask<String>> waiting = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			waiting.add(this.full.submit(() -> {
				started.countDown();
				return Waiting.get(this.result, LONG);
			}));
		}
		started.await();
		this.result.complete("result");
		for (ForkJoinTask<String> one : waiting) {
			assertThat(one.get()).isEqualTo("result");
		}
	}

	@Test
	void threadsOfAFullPoolDoNotWaitForever() {
		ForkJoinTask<String> waiting = this.full.submit(() -> Waiting.get(this.result, 1_000_000));
		assertThatExceptionOfType(Exception.class).isThrownBy(waiting::get)
			.havingRootCause()
			.isInstanceOf(TimeoutException.class);
	}

}
