package io.github.llmcache.djl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.llmcache.embedding.ModelBusyException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class EncoderPoolTests {

	private final EncoderPool pool = new EncoderPool(List.of(new Encoder(null, 256, null)), Duration.ofMinutes(1));

	@Test
	void whenEightWaitTheNextIsRefusedAtOnce() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			threads.add(new Thread(() -> this.pool.use((encoder) -> waitFor(end))));
			threads.get(i).start();
		}
		await().until(() -> threads.stream().filter((thread) -> isWaiting(thread)).count() == 9);
		long start = System.nanoTime();
		assertThatExceptionOfType(ModelBusyException.class).isThrownBy(() -> this.pool.use((encoder) -> true))
			.withMessageContaining("8");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
		end.countDown();
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(this.pool.<Boolean>use((encoder) -> true)).isTrue();
	}

	private static boolean isWaiting(Thread thread) {
		return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
	}

	private static boolean waitFor(CountDownLatch latch) {
		try {
			latch.await();
			return true;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
