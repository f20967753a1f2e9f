package io.github.llmcache.djl;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import io.github.llmcache.embedding.EmbeddingModelException;
import io.github.llmcache.embedding.EmbeddingUnavailableException;
import io.github.llmcache.embedding.ModelBusyException;
import io.github.llmcache.embedding.TextEmbedder;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Embeds texts in this JVM: an ONNX model with a Hugging Face tokenizer, run by Deep Java
 * Library on ONNX Runtime, on the CPU.
 * <p>
 * {@link #bundled()} is all-MiniLM-L6-v2 as int8 (384 dimensions, English), which
 * {@code llm-cache-spring-boot-starter} carries; {@link #model(Path)} is a model of the
 * user's own. Nothing is fetched from the network, and no file is kept.
 * <p>
 * Vectors have length 1. A text longer than {@link Builder#window(int) the window} gives
 * {@code null}, and the model does not run. One run embeds one text: the int8 model takes
 * its scales from the whole batch, which moves a vector by up to 0.02 in cosine, and is
 * slower from some 25 tokens on.
 * <p>
 * May be used by many threads; at most {@link Builder#concurrency(int)} texts are
 * embedded at once; eight times as many wait, for at most
 * {@link Builder#maxWait(Duration)}. Beyond either, {@link ModelBusyException} is thrown,
 * and when the model fails, {@link EmbeddingUnavailableException}. Closing waits for
 * running calls and frees the native memory; later calls throw
 * {@link IllegalStateException}.
 */
public final class DjlTextEmbedder implements TextEmbedder, AutoCloseable {

	static final String BUNDLED = "io/github/llmcache/models/all-minilm-l6-v2-int8/";

	/** One text is too little work for a second thread. */
	private static final int THREADS = 1;

	private static final String PROBE = "How long is a vector of this model?";

	private final OnnxTextModel model;

	private final EncoderPool pool;

	private final int maxCharacters;

	private final int dimensions;

	private final String fingerprint;

	static {
		DjlEnvironment.prepare();
	}

	private DjlTextEmbedder(Builder builder, ModelDirectory directory) {
		this.fingerprint = fingerprint(builder, directory);
		this.maxCharacters = builder.window * Encoder.MAX_CHARACTERS_PER_TOKEN;
		this.model = OnnxTextModel.load(directory, builder.window, THREADS);
		try {
			this.pool = new EncoderPool(this.model.newEncoders(builder.concurrency, builder.pooling), builder.maxWait);
			this.dimensions = probe(builder, directory);
		}
		catch (RuntimeException ex) {
			this.model.close();
			throw ex;
		}
	}

	private static String fingerprint(Builder builder, ModelDirectory directory) {
		try {
			return directory.fingerprint("pooling=" + builder.pooling.name().toLowerCase(Locale.ROOT) + ",normalize");
		}
		catch (IOException ex) {
			throw new EmbeddingModelException(directory.location(), "its files cannot be read",
					"Check the permissions of the files.", ex);
		}
	}

	private int probe(Builder builder, ModelDirectory directory) {
		float[] vector;
		try {
			vector = embed(PROBE);
		}
		catch (EmbeddingUnavailableException ex) {
			throw new EmbeddingModelException(directory.location(), "it cannot embed a text",
					"Use a model that gives one vector of floats for each token.", ex);
		}
		Assert.state(vector != null, "The window is too small for the probe");
		if (builder.dimensions != null && vector.length != builder.dimensions) {
			throw new EmbeddingModelException(directory.location(),
					"its vectors have " + vector.length + " dimensions, not " + builder.dimensions,
					"Change the expected dimensions, or give the model that has them.");
		}
		return vector.length;
	}

	/**
	 * The model that the starter carries: all-MiniLM-L6-v2, int8, 384 dimensions.
	 * @return a builder
	 */
	public static Builder bundled() {
		return new Builder(null);
	}

	/**
	 * Use a model of your own.
	 * @param directory holds {@code model.onnx}, whose inputs are {@code input_ids},
	 * {@code attention_mask} and perhaps {@code token_type_ids}, and
	 * {@code tokenizer.json}
	 * @return a builder
	 */
	public static Builder model(Path directory) {
		return new Builder(directory);
	}

	@Override
	public float @Nullable [] embed(String text) {
		this.pool.checkOpen();
		return (text.length() > this.maxCharacters) ? null
				: this.pool.<float @Nullable []>use((encoder) -> encoder.encode(text));
	}

	@Override
	public int dimensions() {
		return this.dimensions;
	}

	@Override
	public String fingerprint() {
		return this.fingerprint;
	}

	@Override
	public void close() {
		if (this.pool.close()) {
			this.model.close();
		}
	}

	/**
	 * Settings of a {@link DjlTextEmbedder}.
	 */
	public static final class Builder {

		private static final int MIN_WINDOW = 16;

		private final @Nullable Path directory;

		private int window = 256;

		private Pooling pooling = Pooling.MEAN;

		private int concurrency = Math.min(4, Runtime.getRuntime().availableProcessors());

		private Duration maxWait = Duration.ofSeconds(1);

		private @Nullable Integer dimensions;

		private Builder(@Nullable Path directory) {
			this.directory = directory;
		}

		/**
		 * The longest text that is embedded, in tokens with the two that mark start and
		 * end. A text of more than 20 characters per token of the window counts as longer
		 * without being looked at: only blanks, and words unknown to the model, could
		 * make it fit.
		 * @param tokens at least 16 and no more than the positions of the model; by
		 * default 256, the {@code max_seq_length} that all-MiniLM-L6-v2 is published with
		 * @return this builder
		 */
		public Builder window(int tokens) {
			Assert.isTrue(tokens >= MIN_WINDOW, () -> "window must be at least " + MIN_WINDOW + ", not " + tokens);
			this.window = tokens;
			return this;
		}

		/**
		 * How the vectors of the tokens become one.
		 * @param pooling the pooling the model was trained for; by default the mean
		 * @return this builder
		 */
		public Builder pooling(Pooling pooling) {
			this.pooling = pooling;
			return this;
		}

		/**
		 * Set how many texts are embedded at once, each on the thread of its caller.
		 * @param texts at least 1; by default the number of processors, at most 4
		 * @return this builder
		 */
		public Builder concurrency(int texts) {
			Assert.isTrue(texts >= 1, () -> "concurrency must be at least 1, not " + texts);
			this.concurrency = texts;
			return this;
		}

		/**
		 * Set how long a caller waits when as many texts as allowed are being embedded.
		 * @param maxWait zero or more; by default one second
		 * @return this builder
		 */
		public Builder maxWait(Duration maxWait) {
			Assert.isTrue(!maxWait.isNegative(), () -> "maxWait must not be negative, but is " + maxWait);
			this.maxWait = maxWait;
			return this;
		}

		/**
		 * Set the dimensions that the vectors must have; by default any.
		 * @param dimensions at least 1
		 * @return this builder
		 */
		public Builder dimensions(int dimensions) {
			Assert.isTrue(dimensions >= 1, () -> "dimensions must be at least 1, not " + dimensions);
			this.dimensions = dimensions;
			return this;
		}

		/**
		 * Load the model and try it on a text, which takes a few hundred milliseconds.
		 * @return an embedder that is ready
		 * @throws EmbeddingModelException if the model is not there, cannot be loaded or
		 * has other dimensions than expected
		 */
		public DjlTextEmbedder build() {
			try (ModelDirectory files = (this.directory != null) ? ModelDirectory.of(this.directory)
					: ModelDirectory.ofClasspath(BUNDLED, DjlTextEmbedder.class.getClassLoader())) {
				return new DjlTextEmbedder(this, files);
			}
		}

	}

}
