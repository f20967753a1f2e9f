package io.github.llmcache.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
 * seeded clusters without a file.
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
	 * {@code prompt_a} and {@code prompt_b}; or vectors that {@link EmbedTexts} wrote, if
	 * its name ends with {@code .f32}; empty for seeded clusters
	 * @param count how many
	 * @return the vectors
	 */
	static List<float[]> load(String file, int count) throws IOException {
		if (file.isEmpty()) {
			return clustered(count);
		}
		return file.endsWith(".f32") ? read(Path.of(file), count) : embedded(Path.of(file), count);
	}

	private static List<float[]> read(Path file, int count) throws IOException {
		List<float[]> vectors = new ArrayList<>(count);
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
			for (int i = 0; i < count; i++) {
				byte[] bytes = in.readNBytes(Float.BYTES * DIMENSIONS);
				if (bytes.length < Float.BYTES * DIMENSIONS) {
					throw new IllegalArgumentException("%s has %d vectors, %d are needed".formatted(file, i, count));
				}
				float[] vector = new float[DIMENSIONS];
				ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
				vectors.add(vector);
			}
		}
		return vectors;
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
