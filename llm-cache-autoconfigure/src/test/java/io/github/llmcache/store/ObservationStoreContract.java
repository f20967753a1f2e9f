package io.github.llmcache.store;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.store.ObservationStore.Observations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link ObservationStore} must keep.
 */
public abstract class ObservationStoreContract {

	private static final LabelledObservation RIGHT = observation(0.9, true);

	private static final LabelledObservation WRONG = observation(0.8, false);

	/**
	 * The store under test, empty, as one instance sees it.
	 * @return another instance each time, of the same store
	 */
	protected abstract ObservationStore instance();

	@Test
	void instancesSeeWhatOthersAddedInOrderAndOnce() {
		ObservationStore one = instance();
		ObservationStore other = instance();
		Observations first = one.exchange("task", List.of(RIGHT, WRONG), "");
		assertThat(first.observations()).containsExactly(RIGHT, WRONG);
		Observations seen = other.exchange("task", List.of(WRONG), "");
		assertThat(seen.observations()).containsExactly(RIGHT, WRONG, WRONG);
		assertThat(other.exchange("task", List.of(), seen.position()))
			.isEqualTo(new Observations(List.of(), seen.position()));
		assertThat(one.exchange("task", List.of(RIGHT), first.position()).observations()).containsExactly(WRONG, RIGHT);
	}

	@Test
	void tasksLearnApart() {
		ObservationStore store = instance();
		store.exchange("task", List.of(RIGHT), "");
		assertThat(store.exchange("other", List.of(), "").observations()).isEmpty();
	}

	@Test
	void evictionIsOfAnswersAndNotOfWhatWasLearned() {
		ObservationStore store = instance();
		store.exchange("task", List.of(RIGHT, WRONG), "");
		store.evict(EvictionSelector.all());
		assertThat(store.exchange("task", List.of(), "").observations()).containsExactly(RIGHT, WRONG);
	}

	@Test
	void onlyTheLatestAreKept() {
		ObservationStore store = instance();
		List<LabelledObservation> many = IntStream.range(0, 500).mapToObj((i) -> observation(i, true)).toList();
		for (int i = 0; i < 5; i++) {
			store.exchange("task", many, "");
		}
		List<LabelledObservation> kept = store.exchange("task", List.of(), "").observations();
		assertThat(kept).hasSizeBetween(1_000, 1_200);
		assertThat(kept.get(kept.size() - 1)).isEqualTo(many.get(499));
	}

	private static LabelledObservation observation(double probability, boolean right) {
		return new LabelledObservation(new Observation(List.of(1.0, -0.25, 1e-9), probability, !right), right,
				Instant.ofEpochMilli(1_700_000_000_123L), 7, 3);
	}

}
