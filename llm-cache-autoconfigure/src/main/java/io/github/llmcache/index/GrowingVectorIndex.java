package io.github.llmcache.index;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps new vectors in a flat segment, which is scanned, and moves them on the executor
 * into a graph once there are enough. A search looks into both. A node is added to one
 * segment before it is taken out of the other, so that no search misses it.
 */
final class GrowingVectorIndex implements VectorIndex {

	private static final Log logger = LogFactory.getLog(GrowingVectorIndex.class);

	private static final int BYTES_PER_NODE = 120;

	private final Map<String, VectorNode> nodes = new ConcurrentHashMap<>();

	private final FlatSegment flat = new FlatSegment();

	private final Object monitor = new Object();

	private final @Nullable IntFunction<GraphSegment> graphs;

	private final int graphThreshold;

	private final int batchSize;

	private final Executor executor;

	private volatile @Nullable GraphSegment graph;

	private volatile int dimensions;

	private boolean moving;

	private boolean failed;

	/**
	 * Create an index.
	 * @param graphs makes an empty graph for vectors of a number of dimensions;
	 * {@code null} to stay flat
	 * @param graphThreshold number of vectors from which on a graph is kept
	 * @param batchSize number of new vectors that make a move into the graph worth while,
	 * and the highest number that one task moves
	 * @param executor runs the moves
	 */
	GrowingVectorIndex(@Nullable IntFunction<GraphSegment> graphs, int graphThreshold, int batchSize,
			Executor executor) {
		this.graphs = graphs;
		this.graphThreshold = graphThreshold;
		this.batchSize = batchSize;
		this.executor = executor;
	}

	@Override
	public void put(String id, float[] vector) {
		synchronized (this.monitor) {
			if (this.dimensions == 0) {
				this.dimensions = vector.length;
			}
			checkDimensions(vector);
			VectorNode old = this.nodes.get(id);
			if (old != null && Arrays.equals(old.vector, vector)) {
				old.vector = vector;
				return;
			}
			if (old != null) {
				discard(old);
			}
			VectorNode node = new VectorNode(id, vector);
			this.nodes.put(id, node);
			this.flat.add(node);
		}
		moveIfDue();
	}

	@Override
	public void remove(String id) {
		synchronized (this.monitor) {
			VectorNode node = this.nodes.remove(id);
			if (node == null) {
				return;
			}
			discard(node);
		}
		moveIfDue();
	}

	@Override
	public List<Neighbour> search(float[] query, int limit, double minSimilarity) {
		if (limit <= 0) {
			throw new IllegalArgumentException("The limit must be positive: " + limit);
		}
		if (this.nodes.isEmpty()) {
			return List.of();
		}
		checkDimensions(query);
		NearestNodes nearest = new NearestNodes(limit, this.nodes.size(), minSimilarity);
		// Nodes go from flat to graph and, when a graph is dissolved, back; the graph of
		// before and the one of after the scan cover both ways
		GraphSegment before = this.graph;
		this.flat.search(query, nearest);
		GraphSegment after = this.graph;
		if (before != null) {
			before.search(query, nearest);
		}
		if (after != null && after != before) {
			after.search(query, nearest);
		}
		return nearest.toNeighbours();
	}

	@Override
	public int size() {
		return this.nodes.size();
	}

	@Override
	public long estimatedBytes() {
		GraphSegment current = this.graph;
		return (long) BYTES_PER_NODE * this.nodes.size() + this.flat.estimatedBytes()
				+ ((current != null) ? current.estimatedBytes() : 0);
	}

	private void checkDimensions(float[] vector) {
		if (vector.length != this.dimensions) {
			throw new IllegalArgumentException(
					"The vector has " + vector.length + " elements, those in the index have " + this.dimensions);
		}
	}

	private void discard(VectorNode node) {
		node.live = false;
		if (node.slot != VectorNode.NOWHERE) {
			this.flat.remove(node);
		}
		else if (this.graph != null) {
			this.graph.remove(node);
		}
	}

	private void moveIfDue() {
		synchronized (this.monitor) {
			if (this.moving || !isMoveDue()) {
				return;
			}
			this.moving = true;
		}
		try {
			this.executor.execute(this::move);
		}
		catch (RuntimeException ex) {
			// the executor is full or shut down; the next put tries again
			synchronized (this.monitor) {
				this.moving = false;
			}
		}
	}

	private boolean isMoveDue() {
		if (this.graphs == null || this.failed) {
			return false;
		}
		GraphSegment current = this.graph;
		if (current == null) {
			return this.flat.size() >= this.graphThreshold;
		}
		return this.flat.size() >= this.batchSize || current.isFragmented() || isGraphTooSmall();
	}

	private boolean isGraphTooSmall() {
		return this.nodes.size() < Math.max(1, this.graphThreshold / 4);
	}

	private void move() {
		try {
			moveBatch();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("Vectors stay in the exact index because the graph failed", ex);
			synchronized (this.monitor) {
				this.failed = true;
			}
		}
		finally {
			synchronized (this.monitor) {
				this.moving = false;
			}
		}
		moveIfDue();
	}

	private void moveBatch() {
		GraphSegment target = graph();
		if (dissolveIfTooSmall(target)) {
			return;
		}
		if (target.isFragmented()) {
			target.reclaim();
		}
		List<VectorNode> batch;
		synchronized (this.monitor) {
			batch = this.flat.first(this.batchSize);
		}
		for (VectorNode node : batch) {
			if (target.isFragmented()) {
				return;
			}
			if (node.live) {
				target.add(node);
				settle(node, target);
			}
		}
	}

	private GraphSegment graph() {
		GraphSegment current = this.graph;
		if (current == null) {
			if (this.graphs == null) {
				throw new IllegalStateException("No graph");
			}
			current = this.graphs.apply(this.dimensions);
			this.graph = current;
		}
		return current;
	}

	private void settle(VectorNode node, GraphSegment target) {
		synchronized (this.monitor) {
			if (node.live) {
				this.flat.remove(node);
			}
			else {
				target.remove(node);
			}
		}
	}

	private boolean dissolveIfTooSmall(GraphSegment current) {
		synchronized (this.monitor) {
			if (!isGraphTooSmall()) {
				return false;
			}
			for (VectorNode node : current.nodes()) {
				if (node.slot == VectorNode.NOWHERE) {
					this.flat.add(node);
				}
			}
			this.graph = null;
			return true;
		}
	}

}
