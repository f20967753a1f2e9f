package io.github.llmcache.index;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The best nodes of one search so far, most similar first. Used by one thread.
 */
final class NearestNodes {

	private final @Nullable VectorNode[] nodes;

	private final float[] similarities;

	private final double minSimilarity;

	private int size;

	NearestNodes(int limit, int available, double minSimilarity) {
		// a limit far above the number of vectors must not allocate for it
		int capacity = Math.min(limit, Math.max(available, 16));
		this.nodes = new VectorNode[capacity];
		this.similarities = new float[capacity];
		this.minSimilarity = minSimilarity;
	}

	int limit() {
		return this.nodes.length;
	}

	/**
	 * A node may be offered twice, since it is in both segments while it moves.
	 */
	void offer(VectorNode node, float similarity) {
		boolean full = this.size == this.nodes.length;
		if (similarity < this.minSimilarity || (full && similarity <= this.similarities[this.size - 1])
				|| contains(node)) {
			return;
		}
		int place = full ? this.size - 1 : this.size++;
		while (place > 0 && this.similarities[place - 1] < similarity) {
			this.nodes[place] = this.nodes[place - 1];
			this.similarities[place] = this.similarities[place - 1];
			place--;
		}
		this.nodes[place] = node;
		this.similarities[place] = similarity;
	}

	private boolean contains(VectorNode node) {
		for (int i = 0; i < this.size; i++) {
			if (this.nodes[i] == node) {
				return true;
			}
		}
		return false;
	}

	List<Neighbour> toNeighbours() {
		List<Neighbour> neighbours = new ArrayList<>(this.size);
		for (int i = 0; i < this.size; i++) {
			VectorNode node = this.nodes[i];
			if (node != null && node.live) {
				neighbours.add(new Neighbour(node.id, Math.max(-1.0, Math.min(1.0, this.similarities[i]))));
			}
		}
		return neighbours;
	}

}
