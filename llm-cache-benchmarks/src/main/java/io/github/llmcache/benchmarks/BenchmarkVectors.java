package io.github.llmcache.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.github.llmcache.djl.DjlTextEmbedder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Vectors of length 1 with 384 elements: embeddings of the distinct texts of a file, or
 * seeded clusters where there is no file.
 */
final class BenchmarkVectors {

	private static final int DIMENSIONS = 384;

	private static final int VECTORS_PER_CLUSTER = 20;

	private static final double NOISE = 0.8;

	private static final long SEED = 20_240_229;

	private BenchmarkVectors() {
	}

	/**
	 * Make vectors in random order, the same ones for the same arguments.
	 * @param file texts, one a line: plain, or JSON objects with {@code prompt} or
	 * {@code prompt_a} and {@code prompt_b}; empty for seeded clusters
	 * @param count how many
	 * @return the vectors
	 */
	static List<float[]> load(String file, int count) throws IOException {
		return file.isEmpty() ? clustered(count) : embedded(Path.of(file), count);
	}

	private static List<float[]> embedded(Path file, int count) throws IOException {
		Set<String> distinct = new LinkedHashSet<>();
		JsonMapper mapper = new JsonMapper();
		for (String line : Files.readAllLines(file)) {
			if (line.startsWith("{")) {
				JsonNode json = mapper.readTree(line);
				for (String field : List.of("prompt", "prompt_a", "prompt_b")) {
					distinct.add(json.path(field).asString(""));
				}
			}
			else {
				distinct.add(line);
			}
		}
		distinct.remove("");
		List<String> texts = new ArrayList<>(distinct);
		Collections.shuffle(texts, new Random(SEED));
		List<float[]> vectors = new ArrayList<>(count);
		try (DjlTextEmbedder embedder = DjlTextEmbedder.bundled().build()) {
			for (String text : texts) {
				float[] vector = (vectors.size() < count) ? embedder.embed(text) : null;
				if (vector != null) {
					vectors.add(vector);
				}
			}
		}
		if (vectors.size() < count) {
			throw new IllegalArgumentException(
					"%s has %d distinct texts, %d are needed".formatted(file, vectors.size(), count));
		}
		return vectors;
	}

	private static List<float[]> clustered(int count) {
		Random random = new Random(SEED);
		float[][] centres = new float[Math.max(1, count / VECTORS_PER_CLUSTER)][];
		for (int i = 0; i < centres.length; i++) {
			centres[i] = gaussian(random);
		}
		List<float[]> vectors = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			float[] centre = centres[random.nextInt(centres.length)];
			float[] vector = gaussian(random);
			double squares = 0;
			for (int j = 0; j < DIMENSIONS; j++) {
				vector[j] = (float) (centre[j] + NOISE * vector[j]);
				squares += vector[j] * vector[j];
			}
			for (int j = 0; j < DIMENSIONS; j++) {
				vector[j] /= (float) Math.sqrt(squares);
			}
			vectors.add(vector);
		}
		return vectors;
	}

	private static float[] gaussian(Random random) {
		float[] vector = new float[DIMENSIONS];
		for (int i = 0; i < DIMENSIONS; i++) {
			vector[i] = (float) random.nextGaussian();
		}
		return vector;
	}

}
