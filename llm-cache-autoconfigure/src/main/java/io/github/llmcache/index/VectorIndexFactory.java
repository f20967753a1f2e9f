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
 * yet in it are still scanned, so that neither a put nor a search ever waits for it.
 * <p>
 * Immutable; may be used by many threads at once.
 */
public final class VectorIndexFactory {

	/**
	 * The default for the number of vectors from which on an index keeps a graph.
	 */
	public static final int DEFAULT_GRAPH_THRESHOLD = 10_000;

	private static final int BATCH_SIZE = 128;

	private static final boolean jvectorPresent = ClassUtils
		.isPresent("io.github.jbellis.jvector.graph.GraphIndexBuilder", VectorIndexFactory.class.getClassLoader());

	private final int graphThreshold;

	private final Executor executor;

	/**
	 * Create a factory.
	 * @param graphThreshold number of vectors from which on an index keeps a graph;
	 * positive
	 * @param executor runs the building of graphs: tasks of up to a few hundred
	 * milliseconds, at most one at a time for each index. One thread is enough for all
	 * indexes; a task that is rejected is offered again with a later put
	 */
	public VectorIndexFactory(int graphThreshold, Executor executor) {
		Assert.isTrue(graphThreshold > 0, "'graphThreshold' must be positive");
		this.graphThreshold = graphThreshold;
		this.executor = executor;
	}

	/**
	 * Make an empty index.
	 * @return the index; its first vector decides about the number of dimensions
	 */
	public VectorIndex create() {
		IntFunction<GraphSegment> graphs = jvectorPresent ? JVectorGraphSegment::new : null;
		return new GrowingVectorIndex(graphs, this.graphThreshold, BATCH_SIZE, this.executor);
	}

}
