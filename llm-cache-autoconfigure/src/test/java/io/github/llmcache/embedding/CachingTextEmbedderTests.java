package io.github.llmcache.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.test.contract.TextEmbedderContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

class CachingTextEmbedderTests extends TextEmbedderContract {

	private final CountingTextEmbedder delegate = new CountingTextEmbedder();

	private final CachingTextEmbedder embedder = new CachingTextEmbedder(this.delegate, 1000);

	@Override
	protected TextEmbedder embedder() {
		return this.embedder;
	}

	@Override
	protected String tooLong() {
		return "x".repeat(CountingTextEmbedder.WINDOW + 1);
	}

	@Test
	void aTextIsEmbeddedOnce() {
		assertThat(this.embedder.embed("one")).isSameAs(this.embedder.embed("one"));
		assertThat(this.delegate.asked).containsExactly("one");
	}

	@Test
	void aLongTextIsEmbeddedButNotKept() {
		String text = "x".repeat(8193);
		assertThat(this.embedder.embed(text)).isEqualTo(this.embedder.embed(text));
		assertThat(this.delegate.asked).hasSize(2);
	}

	@Test
	void aFailureIsNotKept() {
		List<String> failed = new ArrayList<>();
		CachingTextEmbedder failing = new CachingTextEmbedder(new CountingTextEmbedder() {

			@Override
			public float @Nullable [] embed(String text) {
				failed.add(text);
				throw new IllegalStateException("down");
			}

		}, 1000);
		assertThatIllegalStateException().isThrownBy(() -> failing.embed("one"));
		assertThatIllegalStateException().isThrownBy(() -> failing.embed("one"));
		assertThat(failed).hasSize(2);
	}

	@Test
	void threadsThatAskForOneTextShareOneComputation() throws Exception {
		CyclicBarrier ready = new CyclicBarrier(8);
		List<float[]> vectors = onThreads(8, (i) -> meet(ready) ? this.embedder.embed("one") : null);
		assertThat(vectors).allSatisfy((vector) -> assertThat(vector).isSameAs(this.embedder.embed("one")));
		assertThat(this.delegate.asked).containsExactly("one");
	}

	@Test
	void differentTextsAreEmbeddedAtTheSameTime() throws Exception {
		CyclicBarrier all = new CyclicBarrier(64);
		CachingTextEmbedder embedder = new CachingTextEmbedder(new CountingTextEmbedder() {

			@Override
			public float @Nullable [] embed(String text) {
				return meet(all) ? super.embed(text) : null;
			}

		}, 1000);
		assertThat(onThreads(64, (i) -> embedder.embed("question number " + i))).doesNotContainNull();
	}

	@Test
	void moreComputationsThanAllowedAreRefusedAtOnce() throws Exception {
		CyclicBarrier done = new CyclicBarrier(2);
		CountDownLatch running = new CountDownLatch(1);
		CachingTextEmbedder embedder = new CachingTextEmbedder(new CountingTextEmbedder() {

			@Override
			public float @Nullable [] embed(String text) {
				running.countDown();
				return meet(done) ? super.embed(text) : null;
			}

		}, 10, 1);
		Thread first = new Thread(() -> embedder.embed("first"));
		first.start();
		running.await();
		assertThatExceptionOfType(ModelBusyException.class).isThrownBy(() -> embedder.embed("second"))
			.withMessageNotContaining("second");
		done.await();
		first.join();
		assertThat(embedder.embed("first")).isNotNull();
	}

	@Test
	void aFailureIsSharedByThoseWhoWaitForTheSameText() throws Exception {
		AtomicInteger failed = new AtomicInteger();
		CountDownLatch waiting = new CountDownLatch(1);
		CachingTextEmbedder embedder = new CachingTextEmbedder(new CountingTextEmbedder() {

			@Override
			public float @Nullable [] embed(String text) {
				failed.incrementAndGet();
				waiting.countDown();
				await().until(() -> blocked("waits-for-the-same-text") == 7);
				throw new IllegalStateException("down");
			}

		}, 1000);
		List<Thread> others = new ArrayList<>();
		List<Throwable> failures = new CopyOnWriteArrayList<>();
		Thread first = new Thread(() -> failures.add(catchThrowable(() -> embedder.embed("one"))));
		first.start();
		waiting.await();
		for (int i = 0; i < 7; i++) {
			others.add(new Thread(() -> failures.add(catchThrowable(() -> embedder.embed("one"))),
					"waits-for-the-same-text"));
			others.get(i).start();
		}
		first.join();
		for (Thread other : others) {
			other.join();
		}
		assertThat(failed).hasValue(1);
		assertThat(failures).hasSize(8)
			.filteredOn(EmbeddingUnavailableException.class::isInstance)
			.hasSize(7)
			.allSatisfy((failure) -> assertThat(failure).hasCauseInstanceOf(IllegalStateException.class));
	}

	@Test
	void whoWaitsForAnInterruptedThreadEmbedsTheTextItself() throws Exception {
		CountDownLatch waiting = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		CachingTextEmbedder embedder = new CachingTextEmbedder(new CountingTextEmbedder() {

			@Override
			public float @Nullable [] embed(String text) {
				if (calls.getAndIncrement() > 0) {
					return super.embed(text);
				}
				waiting.countDown();
				await().until(() -> blocked("waits-for-an-interrupted-thread") == 1);
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted");
			}

		}, 1000);
		Thread first = new Thread(() -> catchThrowable(() -> embedder.embed("one")));
		first.start();
		waiting.await();
		List<float[]> vectors = new CopyOnWriteArrayList<>();
		Thread other = new Thread(() -> vectors.add(embedder.embed("one")), "waits-for-an-interrupted-thread");
		other.start();
		first.join();
		other.join();
		assertThat(vectors).hasSize(1).doesNotContainNull();
	}

	private static long blocked(String name) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(name) && thread.getState() == Thread.State.WAITING)
			.count();
	}

	private static boolean meet(CyclicBarrier barrier) {
		try {
			barrier.await(20, TimeUnit.SECONDS);
			return true;
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			return false;
		}
	}

	private static List<float[]> onThreads(int count, IntFunction<float[]> work) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(count);
		try {
			List<Future<float[]>> running = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				int number = i;
				running.add(threads.submit(() -> work.apply(number)));
			}
			List<float[]> results = new ArrayList<>();
			for (Future<float[]> result : running) {
				results.add(result.get());
			}
			return results;
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void theNumberOfVectorsIsBounded() {
		CachingTextEmbedder small = new CachingTextEmbedder(this.delegate, 10);
		for (int round = 0; round < 2; round++) {
			for (int i = 0; i < 1000; i++) {
				small.embed("text " + i);
			}
		}
		assertThat(this.delegate.asked).hasSizeGreaterThan(1900);
	}

	@Test
	void aNegativeSizeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CachingTextEmbedder(this.delegate, -1));
		assertThatIllegalArgumentException().isThrownBy(() -> new CachingTextEmbedder(this.delegate, 1, 0));
	}

	@Test
	void nothingIsKeptWithASizeOfZero() {
		CachingTextEmbedder embedder = new CachingTextEmbedder(this.delegate, 0);
		embedder.embed("a");
		embedder.embed("a");
		assertThat(this.delegate.asked).containsExactly("a", "a");
	}

	@Test
	void dimensionsAndFingerprintAreThoseOfTheEmbedderBehind() {
		assertThat(this.embedder.dimensions()).isEqualTo(8);
		assertThat(this.embedder.fingerprint()).isEqualTo("counting");
	}

	@Test
	void closingClosesTheEmbedderBehind() throws Exception {
		this.embedder.close();
		assertThat(this.delegate.closed).isTrue();
	}

}
