package io.github.llmcache.djl;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.github.llmcache.embedding.EmbeddingUnavailableException;
import io.github.llmcache.embedding.UnitVector;
import org.jspecify.annotations.Nullable;

/**
 * Turns one text after another into a vector; used by one thread at a time.
 */
final class Encoder implements AutoCloseable {

	private final HuggingFaceTokenizer tokenizer;

	private final Predictor<Encoding, float[]> predictor;

	Encoder(HuggingFaceTokenizer tokenizer, Predictor<Encoding, float[]> predictor) {
		this.tokenizer = tokenizer;
		this.predictor = predictor;
	}

	float @Nullable [] encode(String text) {
		try {
			Encoding encoding = this.tokenizer.encode(text);
			return encoding.exceedMaxLength() ? null : UnitVector.of(this.predictor.predict(encoding));
		}
		catch (TranslateException | RuntimeException ex) {
			throw new EmbeddingUnavailableException("The embedding model failed on a text", ex);
		}
	}

	@Override
	public void close() {
		this.predictor.close();
	}

}
