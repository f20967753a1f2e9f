package io.github.llmcache.embedding;

/**
 * Scales a vector to length 1, so that a dot product is a cosine similarity.
 */
public final class UnitVector {

	private UnitVector() {
	}

	/**
	 * Scale a vector to length 1.
	 * @param vector the vector; not changed
	 * @return a new vector of the same direction, its length 1 within the precision of
	 * {@code float}
	 * @throws IllegalArgumentException if the vector has no direction: it is empty, all
	 * zero, or has an element that is not finite
	 */
	public static float[] of(float[] vector) {
		double squares = 0;
		for (float element : vector) {
			squares += (double) element * element;
		}
		if (!(squares > 0) || Double.isInfinite(squares)) {
			throw new IllegalArgumentException("A vector without a direction");
		}
		double length = Math.sqrt(squares);
		float[] unit = new float[vector.length];
		for (int i = 0; i < vector.length; i++) {
			unit[i] = (float) (vector[i] / length);
		}
		return unit;
	}

}
