package io.github.llmcache.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Seeded vectors of length 1 that lie in clusters, as the embeddings of prompts do: a
 * vector is its cluster's centre plus noise. With the noise used here, vectors of one
 * cluster have a cosine similarity of about 0.8.
 */
final class ClusteredVectors {

	private static final double NOISE = 0.5;

	private final Random random;

	private final List<float[]> centres = new ArrayList<>();

	ClusteredVectors(long seed, int dimensions, int clusters) {
		this.random = new Random(seed);
		for (int i = 0; i < clusters; i++) {
			this.centres.add(normalised(gaussian(dimensions)));
		}
	}

	float[] next() {
		float[] vector = this.centres.get(this.random.nextInt(this.centres.size())).clone();
		float[] noise = gaussian(vector.length);
		for (int i = 0; i < vector.length; i++) {
			vector[i] += (float) (NOISE * noise[i] / Math.sqrt(vector.length));
		}
		return normalised(vector);
	}

	List<float[]> next(int count) {
		List<float[]> vectors = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			vectors.add(next());
		}
		return vectors;
	}

	private float[] gaussian(int dimensions) {
		float[] vector = new float[dimensions];
		for (int i = 0; i < dimensions; i++) {
			vector[i] = (float) this.random.nextGaussian();
		}
		return vector;
	}

	static float[] normalised(float[] vector) {
		double squares = 0;
		for (float element : vector) {
			squares += element * element;
		}
		float[] result = new float[vector.length];
		for (int i = 0; i < vector.length; i++) {
			result[i] = (float) (vector[i] / Math.sqrt(squares));
		}
		return result;
	}

}
