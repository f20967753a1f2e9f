package io.github.llmcache.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction.ExactScoreFunction;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import org.jspecify.annotations.Nullable;

/**
 * A graph of JVector (DiskANN's Vamana with the layers of HNSW), kept on the heap. The
 * arithmetic is ours, so that the vectors need not be copied. The only class that needs
 * JVector.
 * <p>
 * Degree and search width are the smallest measured that give a recall at 5 above 0.98
 * with 100,000 real questions, see the benchmarks; overflow and alpha are JVector's usual
 * ones.
 */
final class JVectorGraphSegment implements GraphSegment {

	private static final String ARITHMETIC_PROPERTY = "jvector.vectorization_provider";

	private static final List<Integer> DEGREES = List.of(24, 16);

	private static final int CANDIDATES = 100;

	private static final float NEIGHBOUR_OVERFLOW = 1.2f;

	private static final float ALPHA = 1.2f;

	private static final int SEARCH_WIDTH = 50;

	// JVector reclaims with parallel streams; not in the pool that the application's use
	private static final ForkJoinPool RECLAIMING = new ForkJoinPool(1, ForkJoinPool.defaultForkJoinWorkerThreadFactory,
			null, false, 0, 1, 1, null, 10, TimeUnit.SECONDS);

	static {
		// JVector chooses its arithmetic when it is first used, and warns if that is the
		// plain one. Here the warning would be of no use: the arithmetic is ours. Where
		// the vector module was added, someone wants it, and JVector shall find it
		boolean vectorModule = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
		if (!vectorModule && System.getProperty(ARITHMETIC_PROPERTY) == null) {
			System.setProperty(ARITHMETIC_PROPERTY, "default");
		}
	}

	private volatile @Nullable VectorNode[] nodes = new VectorNode[1024];

	private final GraphIndexBuilder builder;

	private final Queue<GraphSearcher> searchers = new ConcurrentLinkedQueue<>();

	private final Deque<Integer> free = new ArrayDeque<>();

	private final Queue<Integer> removed = new ConcurrentLinkedQueue<>();

	private final AtomicInteger removedCount = new AtomicInteger();

	private final AtomicInteger size = new AtomicInteger();

	private int nextOrdinal;

	private long addingThread;

	JVectorGraphSegment(int dimensions) {
		this.builder = builder(new NodeScores(), dimensions);
	}

	// The builder that replaces this constructor starts a pool of threads, runs a program
	// to count processor cores, registers an MBean, and logs all of that
	@SuppressWarnings("deprecation")
	private static GraphIndexBuilder builder(BuildScoreProvider scores, int dimensions) {
		return new GraphIndexBuilder(scores, dimensions, DEGREES, CANDIDATES, NEIGHBOUR_OVERFLOW, ALPHA, true, false,
				RECLAIMING, RECLAIMING);
	}

	@Override
	public void add(VectorNode node) {
		releaseScratchOfOtherThreads();
		Integer reused = this.free.poll();
		int ordinal = (reused != null) ? reused : this.nextOrdinal++;
		if (ordinal == this.nodes.length) {
			this.nodes = Arrays.copyOf(this.nodes, ordinal * 2);
		}
		this.nodes[ordinal] = node;
		node.ordinal = ordinal;
		this.builder.addGraphNode(ordinal, scoresAgainst(node.vector));
		this.size.incrementAndGet();
	}

	@Override
	public void remove(VectorNode node) {
		this.builder.markNodeDeleted(node.ordinal);
		this.removed.add(node.ordinal);
		this.removedCount.incrementAndGet();
		this.size.decrementAndGet();
	}

	@Override
	public void search(float[] query, NearestNodes nearest) {
		GraphSearcher pooled = this.searchers.poll();
		GraphSearcher searcher = (pooled != null) ? pooled : new GraphSearcher(this.builder.getGraph());
		searcher.setView(this.builder.getGraph().getView());
		int width = Math.max(SEARCH_WIDTH, nearest.limit() * 2);
		SearchResult result = searcher.search(scoresAgainst(query), width, Float.NEGATIVE_INFINITY, this::isLive);
		this.searchers.add(searcher);
		for (SearchResult.NodeScore found : result.getNodes()) {
			VectorNode node = this.nodes[found.node];
			if (node != null && node.live) {
				nearest.offer(node, DotProduct.of(query, node.vector));
			}
		}
	}

	@Override
	public boolean isFragmented() {
		return this.removedCount.get() > this.size.get() / 4;
	}

	@Override
	public void reclaim() {
		List<Integer> reclaimed = new ArrayList<>();
		for (Integer ordinal = this.removed.poll(); ordinal != null; ordinal = this.removed.poll()) {
			reclaimed.add(ordinal);
		}
		this.builder.removeDeletedNodes();
		for (Integer ordinal : reclaimed) {
			this.nodes[ordinal] = null;
			this.free.add(ordinal);
		}
		this.removedCount.addAndGet(-reclaimed.size());
	}

	@Override
	public List<VectorNode> nodes() {
		List<VectorNode> live = new ArrayList<>(this.size.get());
		for (VectorNode node : this.nodes) {
			if (node != null && node.live) {
				live.add(node);
			}
		}
		return live;
	}

	@Override
	public int size() {
		return this.size.get();
	}

	@Override
	public long estimatedBytes() {
		return this.builder.getGraph().ramBytesUsed() + 4L * this.nodes.length;
	}

	// The builder keeps buffers for each thread that ever added a node
	private void releaseScratchOfOtherThreads() {
		long thread = Thread.currentThread().getId();
		if (thread != this.addingThread) {
			this.addingThread = thread;
			try {
				this.builder.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private boolean isLive(int ordinal) {
		VectorNode node = this.nodes[ordinal];
		return node != null && node.live;
	}

	private SearchScoreProvider scoresAgainst(float[] vector) {
		return new DefaultSearchScoreProvider((ExactScoreFunction) (ordinal) -> score(vector, ordinal));
	}

	private float score(float[] vector, int ordinal) {
		VectorNode node = this.nodes[ordinal];
		// null if reclaimed while a search was on its way to it
		return (node != null) ? Math.max(0, (1 + DotProduct.of(vector, node.vector)) / 2) : 0;
	}

	private final class NodeScores implements BuildScoreProvider {

		@Override
		public boolean isExact() {
			return true;
		}

		@Override
		public VectorFloat<?> approximateCentroid() {
			throw new UnsupportedOperationException();
		}

		@Override
		public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
			throw new UnsupportedOperationException();
		}

		@Override
		public SearchScoreProvider searchProviderFor(int ordinal) {
			VectorNode node = JVectorGraphSegment.this.nodes[ordinal];
			if (node == null) {
				throw new IllegalStateException("No vector at " + ordinal);
			}
			return scoresAgainst(node.vector);
		}

		@Override
		public SearchScoreProvider diversityProviderFor(int ordinal) {
			return searchProviderFor(ordinal);
		}

	}

}
