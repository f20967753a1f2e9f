package io.github.llmcache.store.redis;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedMatchRecords}: what is read back.
 */
class SharedMatchRecordsTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "1 1 1 0.5 0", "1 1 1 much 0 1.0", "soon 1 1 0.5 0 1.0", "1 1 1 0.5 0 1.0 x",
			"1 1 1 0.5 few 1.0" })
	void whatIsNoMatchRecordIsLeftOut(String text) {
		assertThat(SharedMatchRecords.decode(text)).isNull();
	}

}
