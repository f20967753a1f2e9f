package io.github.llmcache.djl;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.llmcache.embedding.EmbeddingModelException;
import io.github.llmcache.embedding.EmbeddingUnavailableException;
import io.github.llmcache.embedding.ModelBusyException;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.test.contract.TextEmbedderContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

class DjlTextEmbedderTests extends TextEmbedderContract {

	private static DjlTextEmbedder bundled;

	@BeforeAll
	static void load() {
		bundled = DjlTextEmbedder.bundled().dimensions(384).maxWait(Duration.ofSeconds(30)).build();
	}

	@AfterAll
	static void close() {
		bundled.close();
	}

	@Override
	protected TextEmbedder embedder() {
		return bundled;
	}

	@Override
	protected String tooLong() {
		return "word ".repeat(255);
	}

	@Test
	void aTextAsLongAsTheWindowIsEmbedded() {
		assertThat(bundled.embed("word ".repeat(254))).hasSize(384);
	}

	@Test
	void theWindowCanBeSet() {
		try (DjlTextEmbedder small = DjlTextEmbedder.bundled().window(16).concurrency(1).build()) {
			assertThat(small.embed("word ".repeat(14))).isNotNull();
			assertThat(small.embed("word ".repeat(15))).isNull();
		}
	}

	@Test
	void similaritiesAreThoseOfTheFloatModelWithinItsQuantisation() {
		// 0.695, 0.943 and 0.257 are what the float model of the same name gives
		float[] happy = bundled.embed("That is a happy person");
		assertThat(dot(happy, bundled.embed("That is a happy dog"))).isCloseTo(0.695, within(0.03));
		assertThat(dot(happy, bundled.embed("That is a very happy person"))).isCloseTo(0.943, within(0.03));
		assertThat(dot(happy, bundled.embed("Today is a sunny day"))).isCloseTo(0.257, within(0.03));
	}

	@Test
	void aTextOfMegabytesIsRefusedWithoutTokenising() {
		String text = "word ".repeat(1_000_000);
		long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		assertThat(bundled.embed(text)).isNull();
		assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
			.isLessThan(Duration.ofMillis(50).toNanos());
	}

	@Test
	void closingWaitsForRunningCallsAndLeavesNoThread() throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		DjlTextEmbedder embedder = DjlTextEmbedder.bundled().concurrency(2).build();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		CountDownLatch running = new CountDownLatch(4);
		List<Future<?>> calls = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			calls.add(threads.submit(() -> {
				while (true) {
					embedder.embed("How are you?");
					running.countDown();
				}
			}));
		}
		running.await();
		embedder.close();
		for (Future<?> call : calls) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(call::get)
				.withCauseInstanceOf(IllegalStateException.class);
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(Thread.getAllStackTraces().keySet()).filteredOn(Thread::isAlive)
			.filteredOn((thread) -> !before.contains(thread))
			.isEmpty();
	}

	@Test
	void aCallerWaitsForABoundedTime() throws Exception {
		try (DjlTextEmbedder busy = DjlTextEmbedder.bundled().concurrency(1).maxWait(Duration.ZERO).build()) {
			AtomicBoolean stop = new AtomicBoolean();
			Thread other = new Thread(() -> {
				while (!stop.get()) {
					try {
						busy.embed("word ".repeat(200));
					}
					catch (ModelBusyException ex) {
						// the turn of this thread comes again
					}
				}
			});
			other.start();
			try {
				await().untilAsserted(() -> assertThatExceptionOfType(ModelBusyException.class)
					.isThrownBy(() -> busy.embed("How are you?"))
					.withMessageContaining("busy"));
			}
			finally {
				stop.set(true);
				other.join();
			}
		}
	}

	@Test
	void anInterruptedCallerKeepsItsInterrupt() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(EmbeddingUnavailableException.class).isThrownBy(() -> bundled.embed("How are you?"));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void theFingerprintIsOfTheFilesNotOfTheirPlace(@TempDir Path copy) throws Exception {
		copyModel(copy);
		try (DjlTextEmbedder own = DjlTextEmbedder.model(copy).concurrency(1).build()) {
			assertThat(own.fingerprint()).isEqualTo(bundled.fingerprint());
			assertThat(own.embed("How are you?")).isEqualTo(bundled.embed("How are you?"));
		}
	}

	@Test
	void theFingerprintTellsPoolingsApart() {
		try (DjlTextEmbedder first = DjlTextEmbedder.bundled().pooling(Pooling.CLS).concurrency(1).build()) {
			assertThat(first.fingerprint()).isNotEqualTo(bundled.fingerprint());
			assertThat(first.embed("How are you?")).isNotEqualTo(bundled.embed("How are you?"));
		}
	}

	@Test
	void aMissingFileIsNamed(@TempDir Path empty) {
		assertThatExceptionOfType(EmbeddingModelException.class).isThrownBy(() -> DjlTextEmbedder.model(empty).build())
			.withMessageContaining(empty.toString())
			.withMessageContaining("'model.onnx'")
			.satisfies((ex) -> assertThat(ex.getProblem()).contains(empty.toString()))
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("tokenizer.json"));
	}

	@Test
	void aBrokenModelIsNamed(@TempDir Path broken) throws Exception {
		copyModel(broken);
		Files.writeString(broken.resolve("model.onnx"), "not a model");
		assertThatExceptionOfType(EmbeddingModelException.class).isThrownBy(() -> DjlTextEmbedder.model(broken).build())
			.withMessageContaining(broken.toString());
	}

	@Test
	void aBrokenTokenizerIsNamed(@TempDir Path broken) throws Exception {
		copyModel(broken);
		Files.writeString(broken.resolve("tokenizer.json"), "{}");
		assertThatExceptionOfType(EmbeddingModelException.class).isThrownBy(() -> DjlTextEmbedder.model(broken).build())
			.withMessageContaining(broken.toString());
	}

	@Test
	void otherDimensionsThanExpectedAreRefused() {
		assertThatExceptionOfType(EmbeddingModelException.class)
			.isThrownBy(() -> DjlTextEmbedder.bundled().dimensions(768).build())
			.withMessageContaining("384")
			.withMessageContaining("768");
	}

	@Test
	void settingsOutOfRangeAreRefused() {
		DjlTextEmbedder.Builder builder = DjlTextEmbedder.bundled();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.window(2));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.concurrency(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.dimensions(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxWait(Duration.ofSeconds(-1)));
	}

	@Test
	void aClosedEmbedderSaysSo() {
		DjlTextEmbedder closed = DjlTextEmbedder.bundled().concurrency(1).build();
		closed.close();
		closed.close();
		assertThatIllegalStateException().isThrownBy(() -> closed.embed("How are you?"));
		assertThatIllegalStateException().isThrownBy(() -> closed.embed(tooLong().repeat(1000)));
	}

	private void copyModel(Path target) throws IOException, URISyntaxException {
		for (String name : new String[] { "model.onnx", "tokenizer.json" }) {
			Path source = Path.of(getClass().getClassLoader()
				.getResource("io/github/llmcache/models/all-minilm-l6-v2-int8/" + name)
				.toURI());
			Files.copy(source, target.resolve(name));
		}
	}

}
