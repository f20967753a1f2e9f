package io.github.llmcache.index;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * What every {@link VectorIndex} does. All work is done when a method returns, since the
 * indexes under test run theirs on the calling thread.
 */
abstract class VectorIndexContract {

	private final ClusteredVectors vectors = new ClusteredVectors(42, 32, 40);

	private final VectorIndex index = create();

	abstract VectorIndex create();

	@Test
	void emptyIndexFindsNothing() {
		assertThat(this.index.search(this.vectors.next(), 5, -1)).isEmpty();
		assertThat(this.index.size()).isZero();
	}

	@Test
	void storedVectorIsFoundWithSimilarityOne() {
		List<float[]> stored = putAll(300);
		for (int i = 0; i < stored.size(); i++) {
			Neighbour nearest = this.index.search(stored.get(i), 1, -1).get(0);
			assertThat(nearest.id()).isEqualTo("v" + i);
			assertThat(nearest.similarity()).isBetween(-1.0, 1.0).isCloseTo(1, within(1e-5));
		}
	}

	@Test
	void neighboursComeMostSimilarFirstAndEachOnce() {
		putAll(300);
		List<Neighbour> neighbours = this.index.search(this.vectors.next(), 50, -1);
		assertThat(neighbours).hasSize(50)
			.isSortedAccordingTo(Comparator.comparingDouble(Neighbour::similarity).reversed());
		assertThat(neighbours).extracting(Neighbour::id).doesNotHaveDuplicates();
	}

	@Test
	void nineteenOfTwentyNearestNeighboursOrMoreAreFound() {
		List<float[]> stored = putAll(1_000);
		int found = 0;
		for (int i = 0; i < 50; i++) {
			float[] query = this.vectors.next();
			Set<String> expected = exactNearest(stored, query, 5);
			expected.retainAll(ids(this.index.search(query, 5, -1)));
			found += expected.size();
		}
		assertThat(found / 250.0).isGreaterThanOrEqualTo(0.95);
	}

	@Test
	void similarityIsTheCosine() {
		this.index.put("a", new float[] { 1, 0, 0 });
		assertThat(this.index.search(new float[] { 0.6f, 0.8f, 0 }, 1, -1).get(0).similarity()).isCloseTo(0.6,
				within(1e-6));
		assertThat(this.index.search(new float[] { -1, 0, 0 }, 1, -1).get(0).similarity()).isEqualTo(-1);
	}

	@Test
	void neighbourBelowTheMinimumIsNotReturned() {
		this.index.put("near", new float[] { 1, 0 });
		this.index.put("far", new float[] { 0, 1 });
		float[] query = { 0.8f, 0.6f };
		assertThat(ids(this.index.search(query, 5, 0.7))).containsExactly("near");
		assertThat(ids(this.index.search(query, 5, 0.5))).containsExactly("near", "far");
		assertThat(ids(this.index.search(new float[] { 1, 0 }, 5, 1.0))).containsExactly("near");
	}

	@Test
	void limitAboveTheSizeReturnsAll() {
		putAll(30);
		assertThat(this.index.search(this.vectors.next(), Integer.MAX_VALUE, -1)).hasSize(30);
	}

	@Test
	void putOfAnExistingIdReplacesTheVector() {
		float[] first = { 1, 0 };
		float[] second = { 0, 1 };
		this.index.put("a", first);
		this.index.put("a", second);
		assertThat(this.index.size()).isOne();
		assertThat(this.index.search(first, 5, 0.5)).isEmpty();
		assertThat(ids(this.index.search(second, 5, 0.5))).containsExactly("a");
	}

	@Test
	void putOfAnEqualVectorKeepsOne() {
		this.index.put("a", new float[] { 1, 0 });
		this.index.put("a", new float[] { 1, 0 });
		assertThat(this.index.size()).isOne();
		assertThat(ids(this.index.search(new float[] { 1, 0 }, 5, -1))).containsExactly("a");
	}

	@Test
	void removedVectorIsNeverFoundAgain() {
		List<float[]> stored = putAll(400);
		for (int i = 0; i < 400; i += 2) {
			this.index.remove("v" + i);
		}
		assertThat(this.index.size()).isEqualTo(200);
		for (int i = 0; i < 400; i++) {
			List<String> ids = ids(this.index.search(stored.get(i), 5, -1));
			assertThat(ids).hasSize(5).allMatch((id) -> Integer.parseInt(id.substring(1)) % 2 == 1);
		}
	}

	@Test
	void removalOfAnUnknownIdDoesNothing() {
		this.index.remove("unknown");
		this.index.put("a", new float[] { 1, 0 });
		this.index.remove("unknown");
		assertThat(this.index.size()).isOne();
	}

	@Test
	void emptiedIndexCanBeFilledAgain() {
		for (int round = 0; round < 3; round++) {
			putAll(250);
			IntStream.range(0, 250).forEach((i) -> this.index.remove("v" + i));
			assertThat(this.index.size()).isZero();
			assertThat(this.index.search(this.vectors.next(), 5, -1)).isEmpty();
		}
		putAll(300);
		assertThat(this.index.search(this.vectors.next(), 5, -1)).hasSize(5);
	}

	@Test
	void equalVectorsOfDifferentIdsAreAllFound() {
		putAll(300);
		float[] vector = this.vectors.next();
		for (int i = 0; i < 5; i++) {
			this.index.put("twin" + i, vector.clone());
		}
		assertThat(ids(this.index.search(vector, 5, 0.9999))).containsExactlyInAnyOrder("twin0", "twin1", "twin2",
				"twin3", "twin4");
	}

	@Test
	void memoryStaysBoundedWhileVectorsComeAndGo() {
		putAll(300);
		long before = this.index.estimatedBytes();
		for (int i = 300; i < 1_500; i++) {
			this.index.put("v" + i, this.vectors.next());
			this.index.remove("v" + (i - 300));
		}
		assertThat(this.index.size()).isEqualTo(300);
		assertThat(this.index.estimatedBytes()).isLessThan(2 * before);
	}

	@Test
	void wrongArgumentsAreRefused() {
		this.index.put("a", new float[] { 1, 0 });
		assertThatIllegalArgumentException().isThrownBy(() -> this.index.put("b", new float[] { 1, 0, 0 }))
			.withMessageContaining("3 elements");
		assertThatIllegalArgumentException().isThrownBy(() -> this.index.search(new float[] { 1 }, 5, 0))
			.withMessageContaining("1 elements");
		assertThatIllegalArgumentException().isThrownBy(() -> this.index.search(new float[] { 1, 0 }, 0, 0))
			.withMessageContaining("positive");
	}

	private List<float[]> putAll(int count) {
		List<float[]> stored = this.vectors.next(count);
		for (int i = 0; i < count; i++) {
			this.index.put("v" + i, stored.get(i));
		}
		return stored;
	}

	private static List<String> ids(List<Neighbour> neighbours) {
		return neighbours.stream().map(Neighbour::id).toList();
	}

	private static Set<String> exactNearest(List<float[]> stored, float[] query, int count) {
		return new HashSet<>(IntStream.range(0, stored.size())
			.boxed()
			.sorted(Comparator.comparingDouble((i) -> -DotProduct.of(stored.get(i), query)))
			.limit(count)
			.map((i) -> "v" + i)
			.toList());
	}

}
