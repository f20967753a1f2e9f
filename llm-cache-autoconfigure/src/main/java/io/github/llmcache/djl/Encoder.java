package io.github.llmcache.djl;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.github.llmcache.embedding.EmbeddingUnavailableException;
import io.github.llmcache.embedding.UnitVector;
import org.jspecify.annotations.Nullable;

/**
 * Turns one text after another, or two texts, into a vector; used by one thread at a
 * time.
 */
final class Encoder implements AutoCloseable {

	// the longest word piece of BERT's vocabulary has 18 characters, then comes a blank
	static final int MAX_CHARACTERS_PER_TOKEN = 20;

	private final TextTokenizer tokenizer;

	private final int window;

	private final Predictor<Encoding, float[]> predictor;

	/**
	 * Create the encoder.
	 * @param window the most tokens that the model is given, with those around the texts
	 */
	Encoder(TextTokenizer tokenizer, int window, Predictor<Encoding, float[]> predictor) {
		this.tokenizer = tokenizer;
		this.window = window;
		this.predictor = predictor;
	}

	float @Nullable [] encode(String text) {
		try {
			Encoding encoding = this.tokenizer.encode(text);
			return exceedsWindow(encoding) ? null : UnitVector.of(this.predictor.predict(encoding));
		}
		catch (TranslateException | RuntimeException ex) {
			throw new EmbeddingUnavailableException("The embedding model failed on a text", ex);
		}
	}

	/**
	 * What the model says of two texts; {@code null} if they exceed the window.
	 */
	float @Nullable [] encode(String one, String other) {
		try {
			Encoding encoding = this.tokenizer.encode(one, other);
			return exceedsWindow(encoding) ? null : this.predictor.predict(encoding);
		}
		catch (TranslateException | RuntimeException ex) {
			throw new EmbeddingUnavailableException("The model failed on a pair of texts", ex);
		}
	}

	private boolean exceedsWindow(Encoding encoding) {
		return encoding.getIds().length > this.window;
	}

	@Override
	public void close() {
		this.predictor.close();
	}

}
