package io.github.llmcache.readme;

import java.util.Locale;

import io.github.llmcache.embedding.TextEmbedder;

/**
 * Embeds the words of a text, without a model.
 */
class WordEmbedder implements TextEmbedder {

	@Override
	public float[] embed(String text) {
		float[] vector = new float[dimensions()];
		vector[0] = 0.01f; // a text without words has a direction, too
		for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
			vector[Math.floorMod(word.hashCode(), vector.length)] += 1;
		}
		double length = Math.sqrt(TextEmbedder.similarity(vector, vector));
		for (int i = 0; i < vector.length; i++) {
			vector[i] /= (float) length;
		}
		return vector;
	}

	@Override
	public int dimensions() {
		return 256;
	}

	@Override
	public String fingerprint() {
		return "words-1";
	}

}
