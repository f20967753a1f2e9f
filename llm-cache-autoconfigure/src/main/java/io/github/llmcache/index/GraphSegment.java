package io.github.llmcache.index;

import java.util.List;

/**
 * Nodes linked to their neighbours, so that a search visits few of them and finds nearly
 * all of the nearest. {@link #add} and {@link #reclaim} are called by one thread at a
 * time, the other methods by any thread at any time.
 */
interface GraphSegment {

	/**
	 * Link a node. Takes about a millisecond.
	 */
	void add(VectorNode node);

	/**
	 * Give up a node, which is no longer found. Its memory stays until
	 * {@link #reclaim()}, because searches find their way through it.
	 */
	void remove(VectorNode node);

	void search(float[] query, NearestNodes nearest);

	/**
	 * Whether so many nodes were given up that {@link #reclaim()} pays.
	 */
	boolean isFragmented();

	/**
	 * Free the memory of the nodes that were given up.
	 */
	void reclaim();

	/**
	 * The nodes that were not given up.
	 */
	List<VectorNode> nodes();

	/**
	 * The number of nodes that were not given up.
	 */
	int size();

	long estimatedBytes();

}
