package io.github.llmcache.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.llmcache.core.TextEmbedder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CachingTextEmbedderTests extends TextEmbedderContract {

	private final CountingTextEmbedder delegate = new CountingTextEmbedder();

	private final CachingTextEmbedder embedder = new CachingTextEmbedder(this.delegate);

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
	void aBatchEmbedsOnlyWhatIsNotKept() {
		float[] one = this.embedder.embed("one");
		List<float[]> vectors = this.embedder.embedAll(List.of("two", "one", "two", "three"));
		assertThat(this.delegate.batches).containsExactly(List.of("two", "three"));
		assertThat(vectors.get(1)).isSameAs(one);
		assertThat(vectors.get(0)).isSameAs(vectors.get(2)).isSameAs(this.embedder.embed("two"));
		this.embedder.embedAll(List.of("one", "three"));
		assertThat(this.delegate.batches).hasSize(1);
	}

	@Test
	void aLongTextIsEmbeddedButNotKept() {
		String text = "x".repeat(8193);
		assertThat(this.embedder.embed(text)).isEqualTo(this.embedder.embed(text));
		this.embedder.embedAll(List.of(text));
		this.embedder.embedAll(List.of(text));
		assertThat(this.delegate.asked).hasSize(2);
		assertThat(this.delegate.batches).hasSize(2);
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

		});
		assertThatIllegalStateException().isThrownBy(() -> failing.embed("one"));
		assertThatIllegalStateException().isThrownBy(() -> failing.embed("one"));
		assertThat(failed).hasSize(2);
	}

	@Test
	void threadsThatAskForOneTextShareOneComputation() throws Exception {
		CountDownLatch ready = new CountDownLatch(8);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Future<float[]>> vectors = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				vectors.add(threads.submit(() -> {
					ready.countDown();
					ready.await();
					return this.embedder.embed("one");
				}));
			}
			for (Future<float[]> vector : vectors) {
				assertThat(vector.get()).isSameAs(this.embedder.embed("one"));
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.delegate.asked).containsExactly("one");
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
