package io.github.llmcache.index;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Nodes in no order, scanned one by one. Writers hold the index's monitor; a scan holds
 * nothing and sees every node that was there before it started and was not taken out
 * since, because nodes never change places in an array that a scan may be reading.
 */
final class FlatSegment {

	private static final int INITIAL_CAPACITY = 16;

	private volatile Slots slots = new Slots(new VectorNode[INITIAL_CAPACITY], 0);

	private int size;

	void add(VectorNode node) {
		Slots current = this.slots;
		if (current.used == current.nodes.length) {
			current = compacted(current);
		}
		node.slot = current.used;
		current.nodes[current.used] = node;
		this.slots = new Slots(current.nodes, current.used + 1);
		this.size++;
	}

	void remove(VectorNode node) {
		this.slots.nodes[node.slot] = null;
		node.slot = VectorNode.NOWHERE;
		this.size--;
		if (this.slots.nodes.length > INITIAL_CAPACITY && this.size < this.slots.nodes.length / 4) {
			this.slots = compacted(this.slots);
		}
	}

	int size() {
		return this.size;
	}

	List<VectorNode> first(int limit) {
		List<VectorNode> nodes = new ArrayList<>(Math.min(limit, this.size));
		Slots current = this.slots;
		for (int i = 0; i < current.used && nodes.size() < limit; i++) {
			VectorNode node = current.nodes[i];
			if (node != null) {
				nodes.add(node);
			}
		}
		return nodes;
	}

	void search(float[] query, NearestNodes nearest) {
		Slots current = this.slots;
		for (int i = 0; i < current.used; i++) {
			VectorNode node = current.nodes[i];
			if (node != null && node.live) {
				nearest.offer(node, DotProduct.of(query, node.vector));
			}
		}
	}

	long estimatedBytes() {
		return 4L * this.slots.nodes.length;
	}

	private Slots compacted(Slots old) {
		@Nullable VectorNode[] nodes = new VectorNode[Math.max(INITIAL_CAPACITY, this.size * 2)];
		int used = 0;
		for (int i = 0; i < old.used; i++) {
			VectorNode node = old.nodes[i];
			if (node != null) {
				node.slot = used;
				nodes[used++] = node;
			}
		}
		return new Slots(nodes, used);
	}

	private record Slots(@Nullable VectorNode[] nodes, int used) {

	}

}
