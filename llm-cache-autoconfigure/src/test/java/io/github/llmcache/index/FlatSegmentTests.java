package io.github.llmcache.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlatSegment}.
 */
class FlatSegmentTests {

	private static final int SIZE = 2 * FlatSegment.SMALL + 300;

	private static final int DIMENSIONS = 19;

	private final Random random = new Random(42);

	private final FlatSegment segment = new FlatSegment();

	private final List<VectorNode> nodes = new ArrayList<>();

	@Test
	void everyVectorIsFoundByItsExactProduct() {
		add(SIZE);
		assertAllFound();
	}

	@Test
	void vectorsThatMovedAreFoundByTheirExactProduct() {
		add(SIZE);
		Collections.shuffle(this.nodes, this.random);
		while (this.nodes.size() > 300) {
			this.segment.remove(this.nodes.remove(this.nodes.size() - 1));
			if (this.nodes.size() % 200 == 0) {
				assertAllFound();
			}
		}
		add(SIZE);
		assertAllFound();
	}

	@Test
	void vectorThatWasReplacedByAnEqualOneIsFound() {
		add(SIZE);
		this.nodes.forEach((node) -> node.vector = node.vector.clone());
		assertAllFound();
	}

	@Test
	void onlyLargeSegmentsTakeMemoryForCopies() {
		add(FlatSegment.SMALL);
		assertThat(this.segment.estimatedBytes()).isLessThan(16 * FlatSegment.SMALL);
		add(FlatSegment.SMALL);
		assertThat(this.segment.estimatedBytes()).isBetween((long) Float.BYTES * DIMENSIONS * FlatSegment.SMALL,
				(long) Float.BYTES * DIMENSIONS * FlatSegment.SMALL + 24 * FlatSegment.SMALL);
	}

	private void add(int count) {
		for (int i = 0; i < count; i++) {
			VectorNode node = new VectorNode("" + this.nodes.size(), vector());
			this.nodes.add(node);
			this.segment.add(node);
		}
	}

	private void assertAllFound() {
		float[] query = vector();
		NearestNodes nearest = new NearestNodes(this.nodes.size(), this.nodes.size(), -Double.MAX_VALUE);
		this.segment.search(query, nearest);
		NearestNodes expected = new NearestNodes(this.nodes.size(), this.nodes.size(), -Double.MAX_VALUE);
		this.nodes.forEach((node) -> expected.offer(node, DotProduct.of(query, node.vector)));
		assertThat(nearest.toNeighbours()).hasSize(this.nodes.size())
			.containsExactlyInAnyOrderElementsOf(expected.toNeighbours());
	}

	private float[] vector() {
		float[] vector = new float[DIMENSIONS];
		for (int i = 0; i < DIMENSIONS; i++) {
			vector[i] = (float) this.random.nextGaussian() / DIMENSIONS;
		}
		return vector;
	}

}
