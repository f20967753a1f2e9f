package io.github.llmcache.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searches while other threads put and remove and the graph is built and reclaimed. One
 * part of the vectors stays, one part is removed before the searches start, one part
 * comes and goes.
 */
@Tag("thorough")
@Timeout(60)
class VectorIndexConcurrencyTests {

	private static final int STAYING = FlatSegment.SMALL + 100;

	private static final int WRITERS = 2;

	private static final int SEARCHERS = 2;

	private static final int CHANGES = 600;

	private static final int SEARCHES = 1_000;

	private final List<float[]> vectors = new ClusteredVectors(3, 32, 30).next(2 * STAYING + WRITERS * CHANGES);

	private final AtomicInteger missed = new AtomicInteger();

	@Test
	void flatIndexMissesNothing() throws Exception {
		searchWhileOthersWrite(Integer.MAX_VALUE);
		assertThat(this.missed).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100, 400 })
	void graphMissesNextToNothing(int graphThreshold) throws Exception {
		searchWhileOthersWrite(graphThreshold);
		assertThat(this.missed).hasValueLessThan(SEARCHERS * SEARCHES / 100);
	}

	private void searchWhileOthersWrite(int graphThreshold) throws Exception {
		ExecutorService background = Executors.newSingleThreadExecutor();
		ExecutorService callers = Executors.newFixedThreadPool(WRITERS + SEARCHERS);
		try {
			VectorIndex index = new GrowingVectorIndex(JVectorGraphSegment::new, graphThreshold, 16, background);
			for (int i = 0; i < STAYING; i++) {
				index.put("staying" + i, this.vectors.get(i));
				index.put("gone" + i, this.vectors.get(STAYING + i));
			}
			for (int i = 0; i < STAYING; i++) {
				index.remove("gone" + i);
			}
			List<Callable<Void>> tasks = new ArrayList<>();
			IntStream.range(0, WRITERS).forEach((writer) -> tasks.add(() -> change(index, writer)));
			IntStream.range(0, SEARCHERS).forEach((searcher) -> tasks.add(() -> search(index, searcher)));
			for (Future<Void> result : callers.invokeAll(tasks)) {
				result.get();
			}
			assertThat(index.size()).isEqualTo(STAYING);
		}
		finally {
			callers.shutdownNow();
			background.shutdownNow();
			assertThat(background.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	private Void change(VectorIndex index, int writer) {
		int first = 2 * STAYING + writer * CHANGES;
		for (int i = 0; i < CHANGES; i++) {
			index.put("changing" + writer + "-" + i % 50, this.vectors.get(first + i));
			if (i % 3 == 0) {
				index.remove("changing" + writer + "-" + (i + 25) % 50);
			}
		}
		IntStream.range(0, 50).forEach((i) -> index.remove("changing" + writer + "-" + i));
		return null;
	}

	private Void search(VectorIndex index, int searcher) {
		Random random = new Random(searcher);
		for (int i = 0; i < SEARCHES; i++) {
			int wanted = random.nextInt(STAYING);
			List<Neighbour> neighbours = index.search(this.vectors.get(wanted), 5, 0.5);
			assertThat(neighbours).extracting(Neighbour::id)
				.doesNotHaveDuplicates()
				.noneMatch((id) -> id.startsWith("gone"));
			if (neighbours.isEmpty() || !neighbours.get(0).id().equals("staying" + wanted)) {
				this.missed.incrementAndGet();
			}
		}
		return null;
	}

}
