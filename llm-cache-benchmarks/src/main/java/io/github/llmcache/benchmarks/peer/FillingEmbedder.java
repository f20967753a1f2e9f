package io.github.llmcache.benchmarks.peer;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.djl.DjlTextEmbedder;
import io.github.llmcache.embedding.TextEmbedder;

/**
 * The bundled embedder, which knows {@link Fillers} without running.
 */
final class FillingEmbedder implements TextEmbedder, AutoCloseable {

	private final DjlTextEmbedder embedder = DjlTextEmbedder.bundled().build();

	@Override
	public float @Nullable [] embed(String text) {
		float[] filler = Fillers.vector(text);
		return (filler != null) ? filler : this.embedder.embed(text);
	}

	@Override
	public int dimensions() {
		return this.embedder.dimensions();
	}

	@Override
	public String fingerprint() {
		return this.embedder.fingerprint();
	}

	@Override
	public void close() {
		this.embedder.close();
	}

}
