package io.github.llmcache.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Nodes in no order, scanned one by one. Writers hold the index's monitor; a scan holds
 * nothing and sees every node that was there before it started and was not taken out
 * since, because nodes never change places in an array that a scan may be reading.
 * <p>
 * The vectors of a large segment are copied, many into one array: a scan that follows an
 * array for each vector waits for memory, and takes twice as long from some thousand
 * vectors on. The first ones stay where they are, since they fit into the processor's
 * cache, and small segments are many.
 */
final class FlatSegment {

	/** How many vectors stay where they are. */
	static final int SMALL = 1024;

	/** How many vectors one array holds. */
	private static final int BLOCK = 128;

	private static final int INITIAL_CAPACITY = 16;

	private volatile Slots slots = new Slots(new VectorNode[INITIAL_CAPACITY], new float[0][], 0);

	private int size;

	void add(VectorNode node) {
		Slots current = this.slots;
		if (current.used == current.nodes.length) {
			current = compacted(current);
		}
		this.slots = current.with(node);
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
		int small = Math.min(current.used, SMALL);
		for (int i = 0; i < small; i++) {
			VectorNode node = current.nodes[i];
			if (node != null && node.live) {
				nearest.offer(node, DotProduct.of(query, node.vector));
			}
		}
		for (int i = small; i < current.used; i++) {
			VectorNode node = current.nodes[i];
			if (node != null && node.live) {
				nearest.offer(node, DotProduct.of(query, current.block(i), Slots.place(i) * query.length));
			}
		}
	}

	long estimatedBytes() {
		Slots current = this.slots;
		return 4L * current.nodes.length
				+ Arrays.stream(current.blocks).mapToLong((block) -> (long) Float.BYTES * block.length).sum();
	}

	private Slots compacted(Slots old) {
		Slots compacted = new Slots(new VectorNode[Math.max(INITIAL_CAPACITY, this.size * 2)], new float[0][], 0);
		for (int i = 0; i < old.used; i++) {
			VectorNode node = old.nodes[i];
			if (node != null) {
				compacted = compacted.with(node);
			}
		}
		return compacted;
	}

	/**
	 * What a scan reads.
	 *
	 * @param nodes a node in each slot, or {@code null} where one was taken out
	 * @param blocks copies of the vectors from slot {@link #SMALL} on
	 * @param used how many slots have been used
	 */
	private record Slots(@Nullable VectorNode[] nodes, float[][] blocks, int used) {

		/**
		 * The same with another node in the next slot, which running scans do not see.
		 */
		Slots with(VectorNode node) {
			node.slot = this.used;
			this.nodes[this.used] = node;
			if (this.used < SMALL) {
				return new Slots(this.nodes, this.blocks, this.used + 1);
			}
			float[] vector = node.vector;
			float[][] all = this.blocks;
			if (place(this.used) == 0) {
				all = Arrays.copyOf(all, all.length + 1);
				all[all.length - 1] = new float[BLOCK * vector.length];
			}
			System.arraycopy(vector, 0, all[all.length - 1], place(this.used) * vector.length, vector.length);
			return new Slots(this.nodes, all, this.used + 1);
		}

		float[] block(int slot) {
			return this.blocks[(slot - SMALL) / BLOCK];
		}

		static int place(int slot) {
			return slot % BLOCK;
		}

	}

}
