package io.github.llmcache.embedding;

import org.jspecify.annotations.Nullable;

/**
 * Turns texts into vectors whose cosine similarity shows how close two texts are in
 * meaning.
 * <p>
 * Called by many threads at once. It may throw any unchecked exception; the call is then
 * answered without a semantic match. Instead of letting a call wait for too many others,
 * it should throw {@link ModelBusyException} at once.
 */
public interface TextEmbedder {

	/**
	 * Embed one text.
	 * @param text the text; not empty
	 * @return a vector of {@link #dimensions()} elements and of length 1, which the
	 * caller must not change; or {@code null} if the text is longer than the model's
	 * window, because an embedding of a part would make long texts look equal
	 */
	float @Nullable [] embed(String text);

	/**
	 * Compare two embeddings.
	 * @param one a vector of length 1
	 * @param other a vector of the same model
	 * @return their cosine similarity, between -1 and 1
	 */
	static double similarity(float[] one, float[] other) {
		double sum = 0;
		for (int i = 0; i < one.length; i++) {
			sum += one[i] * other[i];
		}
		return sum;
	}

	/**
	 * The number of elements of every vector.
	 * @return a positive number
	 */
	int dimensions();

	/**
	 * Identifies the model: two embedders with the same fingerprint give the same vector
	 * for the same text.
	 * @return a short text, for example a digest of the model's files
	 */
	String fingerprint();

}
