package io.github.llmcache.index;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When vectors move between the flat segment and the graph, and what is found meanwhile.
 */
@ExtendWith(OutputCaptureExtension.class)
class GrowingVectorIndexTests extends VectorIndexContract {

	private static final int THRESHOLD = 200;

	private static final int BATCH = 32;

	private final ManualExecutor executor = new ManualExecutor();

	private final List<GraphSegment> graphs = new ArrayList<>();

	private final GrowingVectorIndex growing = new GrowingVectorIndex(this::graph, THRESHOLD, BATCH, this.executor);

	private final List<float[]> vectors = new ClusteredVectors(7, 32, 20).next(700);

	@Override
	VectorIndex create() {
		return new GrowingVectorIndex(JVectorGraphSegment::new, THRESHOLD, BATCH, Runnable::run);
	}

	@Test
	void smallIndexHasNoGraph() {
		put(0, THRESHOLD - 1);
		assertThat(this.executor.waiting()).isZero();
	}

	@Test
	void putLeavesTheGraphToTheExecutor() {
		put(0, 700);
		assertThat(this.executor.waiting()).isOne();
		assertThat(this.graphs).isEmpty();
		assertThatAllAreFound(0, 700);
	}

	@Test
	void everyVectorIsFoundOnceAtEachStepOfTheMove() {
		put(0, THRESHOLD);
		for (int step = 1; this.executor.waiting() > 0; step++) {
			this.executor.runOne();
			assertThat(this.graphs).hasSize(1);
			assertThat(this.graphs.get(0).size()).isEqualTo(Math.min(step * BATCH, THRESHOLD / BATCH * BATCH));
			assertThatAllAreFound(0, THRESHOLD);
		}
		assertThat(this.graphs.get(0).size()).isEqualTo(THRESHOLD / BATCH * BATCH);
	}

	@Test
	void newVectorsJoinTheGraphInBatches() {
		put(0, THRESHOLD);
		this.executor.runAll();
		int moved = this.graphs.get(0).size();
		put(THRESHOLD, moved + BATCH - 1);
		assertThat(this.executor.waiting()).isZero();
		put(moved + BATCH - 1, moved + BATCH);
		assertThat(this.executor.waiting()).isOne();
		this.executor.runAll();
		assertThat(this.graphs.get(0).size()).isEqualTo(moved + BATCH);
	}

	@Test
	void vectorRemovedDuringTheMoveIsNotFound() {
		put(0, THRESHOLD);
		this.executor.runOne();
		for (int i = 0; i < THRESHOLD; i += 2) {
			this.growing.remove("v" + i);
		}
		assertThatNoneIsFound(0, THRESHOLD, 2);
		this.executor.runAll();
		assertThatNoneIsFound(0, THRESHOLD, 2);
	}

	@Test
	void vectorRemovedWhileItIsAddedToTheGraphIsNotFound() {
		GrowingVectorIndex[] index = new GrowingVectorIndex[1];
		IntFunction<GraphSegment> graphs = (dimensions) -> new ForwardingGraphSegment(graph(dimensions)) {

			@Override
			public void add(VectorNode node) {
				index[0].remove("v3");
				super.add(node);
				index[0].remove("v4");
			}

		};
		index[0] = new GrowingVectorIndex(graphs, 10, 10, this.executor);
		for (int i = 0; i < 10; i++) {
			index[0].put("v" + i, this.vectors.get(i));
		}
		this.executor.runAll();
		assertThat(this.graphs.get(0).size()).isEqualTo(8);
		assertThat(index[0].search(this.vectors.get(3), 10, -1)).extracting(Neighbour::id)
			.hasSize(8)
			.doesNotContain("v3", "v4");
	}

	@Test
	void graphIsReclaimedWhenAFifthOfItsNodesAreGone() {
		put(0, 320);
		this.executor.runAll();
		for (int i = 0; i < 64; i++) {
			this.growing.remove("v" + i);
		}
		assertThat(this.executor.waiting()).isZero();
		this.growing.remove("v64");
		assertThat(this.executor.waiting()).isOne();
		this.executor.runAll();
		assertThat(this.graphs.get(0).isFragmented()).isFalse();
		assertThatAllAreFound(65, 320);
		assertThatNoneIsFound(0, 65, 1);
	}

	@Test
	void indexThatShrankGoesBackToFlat() {
		put(0, THRESHOLD);
		this.executor.runAll();
		for (int i = THRESHOLD / 4 - 1; i < THRESHOLD; i++) {
			this.growing.remove("v" + i);
		}
		assertThatAllAreFound(0, THRESHOLD / 4 - 1);
		this.executor.runAll();
		long flatBytes = this.growing.estimatedBytes();
		assertThatAllAreFound(0, THRESHOLD / 4 - 1);
		put(0, THRESHOLD);
		this.executor.runAll();
		assertThat(this.graphs).hasSize(2);
		assertThat(this.growing.estimatedBytes()).isGreaterThan(flatBytes);
		assertThatAllAreFound(0, THRESHOLD);
	}

	@Test
	void rejectedTaskIsOfferedAgain() {
		boolean[] full = { true };
		GrowingVectorIndex index = new GrowingVectorIndex(this::graph, 10, 10, (task) -> {
			if (full[0]) {
				throw new RejectedExecutionException();
			}
			task.run();
		});
		for (int i = 0; i < 20; i++) {
			index.put("v" + i, this.vectors.get(i));
		}
		assertThat(this.graphs).isEmpty();
		assertThat(index.search(this.vectors.get(3), 20, -1)).hasSize(20);
		full[0] = false;
		index.put("v20", this.vectors.get(20));
		assertThat(this.graphs).hasSize(1);
		assertThat(index.search(this.vectors.get(3), 30, -1)).hasSize(21);
	}

	@Test
	void failureOfTheGraphLeavesTheIndexExact(CapturedOutput output) {
		GrowingVectorIndex index = new GrowingVectorIndex((dimensions) -> {
			throw new NoClassDefFoundError("broken");
		}, 10, 10, Runnable::run);
		for (int i = 0; i < 30; i++) {
			index.put("v" + i, this.vectors.get(i));
		}
		assertThat(index.search(this.vectors.get(3), 30, -1)).hasSize(30);
		assertThat(output).containsOnlyOnce("the graph failed");
	}

	private GraphSegment graph(int dimensions) {
		GraphSegment graph = new JVectorGraphSegment(dimensions);
		this.graphs.add(graph);
		return graph;
	}

	private void put(int from, int to) {
		for (int i = from; i < to; i++) {
			this.growing.put("v" + i, this.vectors.get(i));
		}
	}

	private void assertThatAllAreFound(int from, int to) {
		assertThat(this.growing.size()).isEqualTo(to - from);
		for (int i = from; i < to; i++) {
			assertThat(this.growing.search(this.vectors.get(i), 1, 0.9999)).extracting(Neighbour::id)
				.containsExactly("v" + i);
		}
		assertThat(this.growing.search(this.vectors.get(from), 2_000, -1)).extracting(Neighbour::id)
			.doesNotHaveDuplicates();
	}

	private void assertThatNoneIsFound(int from, int to, int step) {
		for (int i = from; i < to; i += step) {
			assertThat(this.growing.search(this.vectors.get(i), 5, 0.9999)).isEmpty();
		}
	}

}
