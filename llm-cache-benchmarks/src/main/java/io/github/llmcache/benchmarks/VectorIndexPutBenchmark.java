package io.github.llmcache.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.llmcache.index.VectorIndex;
import io.github.llmcache.index.VectorIndexFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to put a vector, averaged over a batch of new ones. For the graph, this is the
 * work of the executor, which is done on the calling thread here. In an application, a
 * put takes as long as in the flat index.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class VectorIndexPutBenchmark {

	private static final int BATCH = 1_024;

	private static final int BATCHES = 8;

	/**
	 * Where the vectors are put.
	 */
	@Param({ "flat", "graph" })
	public String kind = "";

	/**
	 * The number of vectors that are there already.
	 */
	@Param({ "1000", "10000" })
	public int size;

	/**
	 * File of texts to embed; seeded clusters if empty.
	 */
	@Param("")
	public String texts = "";

	private List<float[]> vectors = List.of();

	private VectorIndex index = new VectorIndexFactory(1, Runnable::run).create();

	private int next;

	/**
	 * Fill the index.
	 * @throws IOException if the texts cannot be read
	 */
	@Setup(Level.Trial)
	public void fill() throws IOException {
		this.vectors = BenchmarkVectors.load(this.texts, this.size + BATCHES * BATCH);
		int graphThreshold = this.kind.equals("graph") ? 1 : Integer.MAX_VALUE;
		this.index = new VectorIndexFactory(graphThreshold, Runnable::run).create();
		while (this.next < this.size) {
			putNext();
		}
	}

	/**
	 * Put a batch.
	 * @return the number of vectors
	 */
	@Benchmark
	@OperationsPerInvocation(BATCH)
	public int put() {
		for (int i = 0; i < BATCH; i++) {
			putNext();
		}
		return this.index.size();
	}

	private void putNext() {
		this.index.put(Integer.toString(this.next), this.vectors.get(this.next));
		this.next++;
	}

}
