package io.github.llmcache.springai;

import java.util.List;

import io.github.llmcache.embedding.EmbeddingModelException;
import io.github.llmcache.embedding.EmbeddingUnavailableException;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.embedding.UnitVector;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingResponse;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.util.Assert;

/**
 * Embeds texts with an {@link EmbeddingModel} of Spring AI, and scales its vectors to
 * length 1.
 * <p>
 * Such a model does not report its window, and some cut a longer text silently; a text of
 * more than {@link Builder#maxCharacters(int)} characters gives {@code null}, and the
 * model is not asked. Nothing is asked at start-up either: the dimensions and the
 * fingerprint are found out by one call when they are first needed, unless both are
 * configured.
 * <p>
 * May be used by many threads if the model may. Exceptions of the model are passed on.
 */
public final class SpringAiTextEmbedder implements TextEmbedder {

	private static final String PROBE = "Which model is this?";

	private final EmbeddingModel model;

	private final String type;

	private final int maxCharacters;

	private final @Nullable Integer expectedDimensions;

	private final @Nullable String configuredFingerprint;

	private volatile @Nullable Traits traits;

	private SpringAiTextEmbedder(Builder builder) {
		this.model = builder.model;
		this.type = AopProxyUtils.ultimateTargetClass(builder.model).getName();
		this.maxCharacters = builder.maxCharacters;
		this.expectedDimensions = builder.dimensions;
		this.configuredFingerprint = builder.fingerprint;
	}

	/**
	 * Use a model of Spring AI.
	 * @param model the model
	 * @return a builder
	 */
	public static Builder builder(EmbeddingModel model) {
		return new Builder(model);
	}

	@Override
	public float @Nullable [] embed(String text) {
		return (text.length() > this.maxCharacters) ? null : call(text);
	}

	private float[] call(String text) {
		EmbeddingResponse response = this.model.embedForResponse(List.of(text));
		List<Embedding> results = response.getResults();
		if (results.size() != 1) {
			throw new EmbeddingUnavailableException(
					"The embedding model gave " + results.size() + " vectors for one text", null);
		}
		return check(results.get(0).getOutput(), response);
	}

	private float[] check(float[] vector, EmbeddingResponse response) {
		Traits known = this.traits;
		if (known == null) {
			known = new Traits(vector.length, response.getMetadata().getModel());
			this.traits = known;
		}
		int expected = (this.expectedDimensions != null) ? this.expectedDimensions : known.dimensions();
		if (vector.length != expected) {
			throw new EmbeddingModelException(this.type,
					"its vectors have " + vector.length + " dimensions, not " + expected,
					"Change the expected dimensions, or configure the model that has them.");
		}
		return UnitVector.of(vector);
	}

	@Override
	public int dimensions() {
		return (this.expectedDimensions != null) ? this.expectedDimensions : traits().dimensions();
	}

	@Override
	public String fingerprint() {
		return (this.configuredFingerprint != null) ? this.configuredFingerprint
				: this.type + ":" + traits().model() + ":" + dimensions();
	}

	private Traits traits() {
		if (this.traits == null) {
			call(PROBE);
		}
		Traits known = this.traits;
		Assert.state(known != null, "The embedding model gave no vector");
		return known;
	}

	/**
	 * What a response says about the model.
	 */
	private record Traits(int dimensions, String model) {
	}

	/**
	 * Settings of a {@link SpringAiTextEmbedder}.
	 */
	public static final class Builder {

		private final EmbeddingModel model;

		private int maxCharacters = 2000;

		private @Nullable Integer dimensions;

		private @Nullable String fingerprint;

		private Builder(EmbeddingModel model) {
			this.model = model;
		}

		/**
		 * Set the longest text that is sent to the model.
		 * @param characters at least 1; by default 2,000, which is about the 512 tokens
		 * that many open models can take
		 * @return this builder
		 */
		public Builder maxCharacters(int characters) {
			Assert.isTrue(characters >= 1, () -> "maxCharacters must be at least 1, not " + characters);
			this.maxCharacters = characters;
			return this;
		}

		/**
		 * Set the dimensions that the vectors must have; by default those of the first
		 * vector.
		 * @param dimensions at least 1
		 * @return this builder
		 */
		public Builder dimensions(int dimensions) {
			Assert.isTrue(dimensions >= 1, () -> "dimensions must be at least 1, not " + dimensions);
			this.dimensions = dimensions;
			return this;
		}

		/**
		 * Set what identifies the model; change it whenever the model changes.
		 * @param fingerprint a short text; by default the class of the model, the name
		 * that its responses give, and the dimensions
		 * @return this builder
		 */
		public Builder fingerprint(String fingerprint) {
			Assert.hasText(fingerprint, "fingerprint must not be empty");
			this.fingerprint = fingerprint;
			return this;
		}

		/**
		 * Create the embedder, without asking the model.
		 * @return the embedder
		 */
		public SpringAiTextEmbedder build() {
			return new SpringAiTextEmbedder(this);
		}

	}

}
