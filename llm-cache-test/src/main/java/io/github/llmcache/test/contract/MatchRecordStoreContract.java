package io.github.llmcache.test.contract;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.LabelledMatch;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.store.MatchRecordStore;
import io.github.llmcache.store.MatchRecordStore.MatchRecords;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link MatchRecordStore} must keep.
 */
public abstract class MatchRecordStoreContract {

	private static final LabelledMatch RIGHT = matchRecord(0.9, true, true);

	private static final LabelledMatch WRONG = matchRecord(0.8, false, false);

	/**
	 * The store under test, empty, as one instance sees it.
	 * @return another instance each time, of the same store
	 */
	protected abstract MatchRecordStore instance();

	@Test
	void instancesSeeWhatOthersAddedInOrderAndOnce() {
		MatchRecordStore one = instance();
		MatchRecordStore other = instance();
		MatchRecords first = one.exchange("task", List.of(RIGHT, WRONG), "");
		assertThat(first.matchRecords()).containsExactly(RIGHT, WRONG);
		MatchRecords seen = other.exchange("task", List.of(WRONG), "");
		assertThat(seen.matchRecords()).containsExactly(RIGHT, WRONG, WRONG);
		assertThat(other.exchange("task", List.of(), seen.position()))
			.isEqualTo(new MatchRecords(List.of(), seen.position()));
		assertThat(one.exchange("task", List.of(RIGHT), first.position()).matchRecords()).containsExactly(WRONG, RIGHT);
	}

	@Test
	void tasksLearnApart() {
		MatchRecordStore store = instance();
		store.exchange("task", List.of(RIGHT), "");
		assertThat(store.exchange("other", List.of(), "").matchRecords()).isEmpty();
	}

	@Test
	void evictionIsOfAnswersAndNotOfWhatWasLearned() {
		MatchRecordStore store = instance();
		store.exchange("task", List.of(RIGHT, WRONG), "");
		store.evict(EvictionSelector.all());
		assertThat(store.exchange("task", List.of(), "").matchRecords()).containsExactly(RIGHT, WRONG);
	}

	@Test
	void whatNobodyCouldTellIsKeptToo() {
		MatchRecordStore store = instance();
		LabelledMatch unknown = new LabelledMatch(new MatchRecord(List.of(1.0), 0.5, false), false, Verdict.UNKNOWN,
				Instant.EPOCH, 0, 0);
		assertThat(store.exchange("task", List.of(unknown), "").matchRecords()).containsExactly(unknown);
	}

	@Test
	void onlyTheLatestAreKept() {
		MatchRecordStore store = instance();
		List<LabelledMatch> many = IntStream.range(0, 500).mapToObj((i) -> matchRecord(i, true, false)).toList();
		for (int i = 0; i < 5; i++) {
			store.exchange("task", many, "");
		}
		List<LabelledMatch> kept = store.exchange("task", List.of(), "").matchRecords();
		assertThat(kept).hasSizeBetween(1_000, 1_200);
		assertThat(kept.get(kept.size() - 1)).isEqualTo(many.get(499));
	}

	private static LabelledMatch matchRecord(double probability, boolean right, boolean served) {
		return new LabelledMatch(new MatchRecord(List.of(1.0, -0.25, 1e-9), probability, !right), served,
				Verdict.of(right), Instant.ofEpochMilli(1_700_000_000_123L), 7, 3);
	}

}
