package io.github.llmcache.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import io.github.llmcache.index.Neighbour;

/**
 * The baseline: a loop over all vectors with a heap of the best, as anybody would write
 * it first. It is exact, so recall is measured against it.
 */
final class PlainScan {

	private final List<float[]> vectors;

	PlainScan(List<float[]> vectors) {
		this.vectors = vectors;
	}

	List<Neighbour> search(float[] query, int limit) {
		Comparator<Neighbour> worstFirst = Comparator.comparingDouble(Neighbour::similarity);
		PriorityQueue<Neighbour> best = new PriorityQueue<>(limit, worstFirst);
		double worst = -1;
		for (int i = 0; i < this.vectors.size(); i++) {
			double similarity = dotProduct(query, this.vectors.get(i));
			if (best.size() < limit || similarity > worst) {
				if (best.size() == limit) {
					best.remove();
				}
				best.add(new Neighbour(Integer.toString(i), similarity));
				worst = best.element().similarity();
			}
		}
		List<Neighbour> neighbours = new ArrayList<>(best);
		neighbours.sort(worstFirst.reversed());
		return neighbours;
	}

	private static float dotProduct(float[] a, float[] b) {
		float sum = 0;
		for (int i = 0; i < a.length; i++) {
			sum += a[i] * b[i];
		}
		return sum;
	}

}
