package io.github.llmcache.benchmarks.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.llmcache.embedding.TextEmbedder;

/**
 * A cache that serves by similarity and a {@link Guard}: of the five most similar stored
 * prompts the first that the guard accepts.
 */
final class SimilarityCache {

	private static final int CANDIDATES = 5;

	private final List<Request> requests;

	private final double[][] similarities;

	/**
	 * Compare all requests with each other.
	 * @param requests the requests in order
	 * @param embeddings their embeddings
	 */
	SimilarityCache(List<Request> requests, List<float[]> embeddings) {
		this.requests = requests;
		this.similarities = new double[requests.size()][];
		for (int i = 0; i < this.similarities.length; i++) {
			float[] embedding = embeddings.get(i);
			this.similarities[i] = embeddings.subList(0, i)
				.stream()
				.mapToDouble((earlier) -> TextEmbedder.similarity(embedding, earlier))
				.toArray();
		}
	}

	/**
	 * Answer all requests with an empty cache.
	 * @param guard decides about what is similar
	 * @param threshold lowest cosine similarity
	 */
	Score score(Guard guard, double threshold) {
		List<Integer> stored = new ArrayList<>();
		Set<String> loaded = new HashSet<>();
		int right = 0;
		int wrong = 0;
		int possible = 0;
		for (int i = 0; i < this.requests.size(); i++) {
			Request request = this.requests.get(i);
			possible += loaded.contains(request.answer()) ? 1 : 0;
			int hit = find(i, stored, guard, threshold);
			if (hit < 0) {
				stored.add(i);
				loaded.add(request.answer());
			}
			else if (this.requests.get(hit).answer().equals(request.answer())) {
				right++;
			}
			else {
				wrong++;
			}
		}
		return new Score(right, wrong, possible);
	}

	private int find(int request, List<Integer> stored, Guard guard, double threshold) {
		double[] similarity = this.similarities[request];
		return stored.stream()
			.filter((candidate) -> similarity[candidate] >= threshold)
			.sorted(Comparator.comparingDouble((Integer candidate) -> similarity[candidate]).reversed())
			.limit(CANDIDATES)
			.filter((candidate) -> guard.accepts(this.requests.get(request).prompt(),
					this.requests.get(candidate).prompt()))
			.findFirst()
			.orElse(-1);
	}

}
