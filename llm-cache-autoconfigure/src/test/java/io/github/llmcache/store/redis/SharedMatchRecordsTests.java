package io.github.llmcache.store.redis;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.store.LabelledMatch;
import io.github.llmcache.store.MatchRecord;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedMatchRecords}: what is read back.
 */
class SharedMatchRecordsTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "1 1 1 0.5 0", "1 1 1 much 0 1.0", "soon 1 1 0.5 0 1.0", "1 1 1 0.5 0 1.0 x",
			"1 1 1 0.5 few 1.0", "1  1 0.5 0 0 hit 1.0", "1 2 1 0.5 0 0 hit 1.0", "1 1 1 0.5 0 0 maybe 1.0",
			"1 1 1 0.5 0 0 hit much" })
	void whatIsNoMatchRecordIsLeftOut(String text) {
		assertThat(SharedMatchRecords.decode(text)).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatTheVerifierAcceptedCountsAsServedInARecordThatDoesNotTell(boolean accepted) {
		String text = "1700000000123 0 " + (accepted ? 1 : 0) + " 0.5 7 3 1.0 -0.25";
		assertThat(SharedMatchRecords.decode(text))
			.isEqualTo(new LabelledMatch(new MatchRecord(List.of(1.0, -0.25), 0.5, accepted), accepted,
					Verdict.DIFFERENT, Instant.ofEpochMilli(1_700_000_000_123L), 7, 3));
	}

}
