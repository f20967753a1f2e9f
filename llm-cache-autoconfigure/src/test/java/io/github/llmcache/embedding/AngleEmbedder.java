package io.github.llmcache.embedding;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.test.contract.Entries;

/**
 * Gives each text the vector that the test chose for it.
 */
public final class AngleEmbedder implements TextEmbedder {

	private final Map<String, float[]> vectors = new ConcurrentHashMap<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final String fingerprint;

	public AngleEmbedder(String fingerprint) {
		this.fingerprint = fingerprint;
	}

	/**
	 * Set the angle of a text: the similarity of two texts is the cosine of the
	 * difference.
	 */
	public AngleEmbedder at(double degrees, String text) {
		this.vectors.put(text, Entries.vector(degrees));
		return this;
	}

	/**
	 * Say that a text is too long.
	 */
	public AngleEmbedder beyondWindow(String text) {
		this.vectors.put(text, new float[0]);
		return this;
	}

	@Override
	public float @Nullable [] embed(String text) {
		this.calls.incrementAndGet();
		float[] vector = this.vectors.get(text);
		if (vector == null) {
			throw new IllegalArgumentException("The test did not say where '" + text + "' is");
		}
		return (vector.length != 0) ? vector : null;
	}

	/**
	 * How many texts were embedded.
	 */
	public int calls() {
		return this.calls.get();
	}

	@Override
	public int dimensions() {
		return 2;
	}

	@Override
	public String fingerprint() {
		return this.fingerprint;
	}

}
