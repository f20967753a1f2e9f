package io.github.llmcache.index;

import java.util.concurrent.Executor;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Makes indexes, one for each partition.
 * <p>
 * An index is exact while it is small. From a number of vectors on it keeps a JVector
 * graph, if {@code io.github.jbellis:jvector} is on the classpath; without it, it stays
 * exact at every size. The graph is built on the executor while the vectors that are not
 * yet in it are still scanned, so that neither a put nor a search ever waits for it. A
 * search of the graph finds nearly all of the nearest vectors: of real questions, 98 % of
 * the five nearest among 100,000, and every one with a similarity of 0.7 or more.
 * <p>
 * Immutable; may be used by many threads at once.
 */
public final class VectorIndexFactory {

	/**
	 * The number of vectors from which on an index should keep a graph: about where a
	 * search of the graph takes less time than a scan, for 384 dimensions (measured, see
	 * the README of the benchmarks).
	 */
	public static final int DEFAULT_GRAPH_THRESHOLD = 5_000;

	private static final int BATCH_SIZE = 128;

	private static final boolean jvectorPresent = ClassUtils
		.isPresent("io.github.jbellis.jvector.graph.GraphIndexBuilder", VectorIndexFactory.class.getClassLoader());

	private final int graphThreshold;

	private final Executor executor;

	/**
	 * Create a factory.
	 * @param graphThreshold number of vectors from which on an index keeps a graph;
	 * positive
	 * @param executor runs the building of graphs, at most one task at a time for each
	 * index. Most tasks take a few hundred milliseconds; one that reclaims the memory of
	 * removed vectors takes about a millisecond for each. One thread is enough for all
	 * indexes, and it should live as long as they do: a graph keeps about 2 KB for each
	 * thread that ever added to it. A task that is rejected is offered again with a later
	 * put
	 */
	public VectorIndexFactory(int graphThreshold, Executor executor) {
		Assert.isTrue(graphThreshold > 0, "'graphThreshold' must be positive");
		this.graphThreshold = graphThreshold;
		this.executor = executor;
	}

	/**
	 * Make an empty index.
	 * @return the index; its first vector decides on the number of dimensions
	 */
	public VectorIndex create() {
		IntFunction<GraphSegment> graphs = jvectorPresent ? JVectorGraphSegment::new : null;
		return new GrowingVectorIndex(graphs, this.graphThreshold, BATCH_SIZE, this.executor);
	}

}
