package io.github.llmcache.benchmarks;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;

/**
 * Many entries of one partition, each with a payload of 1 KB, and what to search for.
 *
 * @param vectors one for each entry
 * @param queries other vectors
 */
record ScaleEntries(List<float[]> vectors, List<float[]> queries) {

	static final int PAYLOAD = 1_000;

	private static final Partition PARTITION = new Partition("0123456789abcdef".repeat(4), "scale", null, null, null);

	Partition partition() {
		return PARTITION;
	}

	int size() {
		return this.vectors.size();
	}

	CacheKey key(int number) {
		return new CacheKey(PARTITION, "%064x".formatted(number * 0x9E3779B97F4A7C15L));
	}

	static String prompt(int number) {
		return "prompt " + number + " of a length that questions have, more or less";
	}

	CacheEntry entry(int number) {
		byte[] payload = new byte[PAYLOAD];
		new Random(number).nextBytes(payload);
		return new CacheEntry(prompt(number), payload, this.vectors.get(number), Clock.systemUTC().instant(),
				Duration.ofDays(1), Duration.ofSeconds(1), Set.of());
	}

	/**
	 * How many of the nearest entries a search finds.
	 */
	double recall(int neighbours, Function<float[], List<Candidate>> search) {
		return this.queries.stream()
			.mapToDouble((query) -> recall(neighbours, query, search.apply(query)))
			.average()
			.orElseThrow();
	}

	/**
	 * Compares by similarity: of two texts with equal embeddings, either will do.
	 */
	private double recall(int neighbours, float[] query, List<Candidate> found) {
		double[] similarities = this.vectors.stream().mapToDouble((vector) -> dot(query, vector)).sorted().toArray();
		double least = similarities[similarities.length - neighbours] - 1e-6;
		Set<Integer> right = new HashSet<>();
		for (Candidate candidate : found) {
			int number = Integer.parseInt(candidate.entry().prompt().split(" ")[1]);
			if (dot(query, this.vectors.get(number)) >= least) {
				right.add(number);
			}
		}
		return Math.min(neighbours, right.size()) / (double) neighbours;
	}

	private static double dot(float[] one, float[] other) {
		float sum = 0;
		for (int i = 0; i < one.length; i++) {
			sum += one[i] * other[i];
		}
		return sum;
	}

}
