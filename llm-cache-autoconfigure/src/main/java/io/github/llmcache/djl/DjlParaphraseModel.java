package io.github.llmcache.djl;

import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.github.llmcache.embedding.EmbeddingModelException;
import io.github.llmcache.language.Courtesies;
import io.github.llmcache.verify.ParaphraseModel;
import org.jspecify.annotations.Nullable;

/**
 * Reads two prompts together in this JVM: a cross-encoder as an int8 ONNX model, run by
 * Deep Java Library on ONNX Runtime, on the CPU. {@code llm-cache-spring-boot-starter}
 * carries the model, whose card is beside it. Prompts are read without courtesies, and in
 * both orders if the first one speaks for a match, but not for certain. That takes twice
 * as long and is more accurate: of the pairs in {@code docs/accuracy.md} 3 to 4 % more
 * are recognized at the same share of look-alikes. A rough probability is that of the
 * first order alone.
 * <p>
 * May be used by many threads; at most as many pairs as there are processors, and no more
 * than four, are read at once, each by up to two threads; eight times as many wait, for
 * at most a second. Beyond that, or when the model fails, it throws an unchecked
 * exception. Closing waits for running calls and frees the native memory; later calls
 * throw {@link IllegalStateException}.
 */
public final class DjlParaphraseModel implements ParaphraseModel, AutoCloseable {

	private static final String BUNDLED = "io/github/llmcache/models/paraphrase/";

	/** Where the model is on the classpath, if the starter is. */
	public static final String BUNDLED_MODEL = BUNDLED + "model.onnx";

	/** Longest pair in tokens; the model was trained on pairs of up to 96. */
	private static final int WINDOW = 128;

	/**
	 * A pair is read in two thirds of the time by two threads, and as many pairs as by
	 * one thread each when there are many: see docs/accuracy.md.
	 */
	private static final int MOST_THREADS = 2;

	private static final double SMALLEST = 1e-6;

	/**
	 * From this logit of the first order on (a probability of 0.88), the second one is
	 * read. Below it, the mean of both does not reach the 0.95 that matter: see
	 * docs/accuracy.md.
	 */
	private static final double PROBABLE = 2;

	/**
	 * From this logit of the first order on (a probability of 0.978), the second one is
	 * not read: the mean of both is above 0.96 all the same.
	 */
	private static final double CERTAIN = 3.8;

	private final Lock loading = new ReentrantLock();

	private volatile @Nullable Loaded loaded;

	private @Nullable EmbeddingModelException failure;

	private boolean closed;

	static {
		DjlEnvironment.prepare();
	}

	private DjlParaphraseModel() {
	}

	/**
	 * Load the model that the starter carries, which takes about a hundred milliseconds.
	 * @return a model that is ready
	 * @throws EmbeddingModelException if it is not there, or cannot be loaded
	 */
	public static DjlParaphraseModel bundled() {
		DjlParaphraseModel model = new DjlParaphraseModel();
		model.loaded();
		return model;
	}

	/**
	 * Load the model that the starter carries when it is first asked, while whoever else
	 * asks waits for that.
	 * @return a model that throws {@link EmbeddingModelException} whenever it is asked,
	 * if it is not there, or cannot be loaded
	 */
	public static DjlParaphraseModel bundledWhenAsked() {
		return new DjlParaphraseModel();
	}

	private Loaded loaded() {
		Loaded current = this.loaded;
		return (current != null) ? current : load();
	}

	private Loaded load() {
		this.loading.lock();
		try {
			Loaded current = this.loaded;
			if (current == null) {
				if (this.closed) {
					throw new IllegalStateException("The paraphrase model is closed");
				}
				if (this.failure != null) {
					throw this.failure;
				}
				current = Loaded.bundled();
				this.loaded = current;
			}
			return current;
		}
		catch (EmbeddingModelException ex) {
			this.failure = ex;
			throw ex;
		}
		finally {
			this.loading.unlock();
		}
	}

	/**
	 * Whether it has been loaded.
	 */
	boolean isLoaded() {
		return this.loaded != null;
	}

	@Override
	public @Nullable Double probability(String prompt, String cachedPrompt) {
		return ask(prompt, cachedPrompt, Loaded::logit);
	}

	@Override
	public @Nullable Double roughProbability(String prompt, String cachedPrompt) {
		return ask(prompt, cachedPrompt, Loaded::read);
	}

	private @Nullable Double ask(String prompt, String cachedPrompt, Reading reading) {
		Loaded current = loaded();
		current.pool().checkOpen();
		if (prompt.length() + cachedPrompt.length() > WINDOW * Encoder.MAX_CHARACTERS_PER_TOKEN) {
			return null;
		}
		Double logit = reading.logit(current, Courtesies.strip(prompt), Courtesies.strip(cachedPrompt));
		return (logit != null) ? Math.max(SMALLEST, Math.min(1 - SMALLEST, 1 / (1 + Math.exp(-logit)))) : null;
	}

	@Override
	public void close() {
		this.loading.lock();
		try {
			this.closed = true;
			if (this.loaded != null) {
				this.loaded.close();
			}
		}
		finally {
			this.loading.unlock();
		}
	}

	/**
	 * A way to read two prompts.
	 */
	@FunctionalInterface
	private interface Reading {

		@Nullable Double logit(Loaded model, String first, String second);

	}

	/**
	 * The model, and what runs it.
	 */
	private record Loaded(OnnxTextModel model, EncoderPool pool) {

		static Loaded bundled() {
			try (ModelDirectory files = ModelDirectory.ofClasspath(BUNDLED,
					DjlParaphraseModel.class.getClassLoader())) {
				int processors = Runtime.getRuntime().availableProcessors();
				OnnxTextModel model = OnnxTextModel.load(files, WINDOW, Math.min(MOST_THREADS, processors));
				int concurrency = Math.min(4, processors);
				return new Loaded(model,
						new EncoderPool(model.newEncoders(concurrency, Pooling.MEAN), Duration.ofSeconds(1)));
			}
		}

		/**
		 * The mean of both orders, or the first order alone if the second one would not
		 * change the decision.
		 */
		private @Nullable Double logit(String first, String second) {
			Double logit = read(first, second);
			if (logit == null || logit < PROBABLE || logit >= CERTAIN) {
				return logit;
			}
			Double swapped = read(second, first);
			return (swapped != null) ? (logit + swapped) / 2 : null;
		}

		private @Nullable Double read(String first, String second) {
			float[] logit = this.pool.<float @Nullable []>use((encoder) -> encoder.encode(first, second));
			return (logit != null) ? (double) logit[0] : null;
		}

		void close() {
			if (this.pool.close()) {
				this.model.close();
			}
		}

	}

}
