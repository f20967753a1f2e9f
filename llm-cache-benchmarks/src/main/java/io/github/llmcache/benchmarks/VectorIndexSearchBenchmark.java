package io.github.llmcache.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.llmcache.index.Neighbour;
import io.github.llmcache.index.VectorIndex;
import io.github.llmcache.index.VectorIndexFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to find the five nearest neighbours. The plain scan is the baseline to compare
 * with, in the same run. Recall is printed before each trial.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class VectorIndexSearchBenchmark {

	private static final int LIMIT = 5;

	private static final int QUERIES = 500;

	private static final float ROUNDING = 1e-6f;

	/**
	 * What is searched.
	 */
	@Param({ "plainScan", "flat", "graph" })
	public String kind = "";

	/**
	 * The number of vectors.
	 */
	@Param({ "1000", "5000", "10000", "30000" })
	public int size;

	/**
	 * File of texts to embed; seeded clusters if empty.
	 */
	@Param("")
	public String texts = "";

	private List<float[]> queries = List.of();

	private PlainScan plainScan = new PlainScan(List.of());

	private VectorIndex index = new VectorIndexFactory(1, Runnable::run).create();

	private int next;

	/**
	 * Fill what is searched. All graph work is done here, on this thread.
	 * @throws IOException if the texts cannot be read
	 */
	@Setup
	public void fill() throws IOException {
		List<float[]> vectors = BenchmarkVectors.load(this.texts, this.size + QUERIES);
		this.queries = vectors.subList(this.size, vectors.size());
		this.plainScan = new PlainScan(List.copyOf(vectors.subList(0, this.size)));
		if (!this.kind.equals("plainScan")) {
			int graphThreshold = this.kind.equals("graph") ? 1 : Integer.MAX_VALUE;
			this.index = new VectorIndexFactory(graphThreshold, Runnable::run).create();
			for (int i = 0; i < this.size; i++) {
				this.index.put(Integer.toString(i), vectors.get(i));
			}
			System.out.printf("recall at %d of %s with %d vectors: %.4f%n", LIMIT, this.kind, this.size, recall());
		}
	}

	/**
	 * Search with one query after the other.
	 * @return the neighbours
	 */
	@Benchmark
	public List<Neighbour> search() {
		float[] query = this.queries.get(this.next++ % QUERIES);
		return this.kind.equals("plainScan") ? this.plainScan.search(query, LIMIT)
				: this.index.search(query, LIMIT, -1);
	}

	// by similarity, since of several equally near neighbours any is right
	private double recall() {
		int found = 0;
		for (float[] query : this.queries) {
			double farthest = this.plainScan.search(query, LIMIT).get(LIMIT - 1).similarity();
			found += this.index.search(query, LIMIT, farthest - ROUNDING).size();
		}
		return found / (double) (LIMIT * this.queries.size());
	}

}
