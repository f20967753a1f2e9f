package io.github.llmcache.benchmarks.peer;

import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * Texts that fill a cache quickly: they have random vectors, which are similar to
 * nothing, and no model runs for them.
 */
final class Fillers {

	private static final String PREFIX = "filler ";

	static final int DIMENSIONS = 384;

	private Fillers() {
	}

	static String text(int number) {
		return PREFIX + number;
	}

	/**
	 * The vector of a filler.
	 * @param text any text
	 * @return a vector of length 1, the same one for the same text, or {@code null} if it
	 * is another text
	 */
	static float @Nullable [] vector(String text) {
		return text.startsWith(PREFIX) ? random(text) : null;
	}

	/**
	 * A vector that has nothing to do with what a text says.
	 * @param text any text
	 * @return a vector of length 1, the same one for the same text
	 */
	static float[] random(String text) {
		Random random = new Random(text.hashCode());
		float[] vector = new float[DIMENSIONS];
		double squares = 0;
		for (int i = 0; i < DIMENSIONS; i++) {
			vector[i] = random.nextFloat() - 0.5f;
			squares += vector[i] * vector[i];
		}
		for (int i = 0; i < DIMENSIONS; i++) {
			vector[i] /= (float) Math.sqrt(squares);
		}
		return vector;
	}

}
