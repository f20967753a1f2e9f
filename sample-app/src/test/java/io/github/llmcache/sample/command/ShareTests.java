package io.github.llmcache.sample.command;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Share}.
 */
class ShareTests {

	private static final List<String> LINES = List.of("a", "b", "c", "d", "e");

	@Test
	void sharesTakeTurns() {
		assertThat(Share.parse("1/2").of(LINES)).containsExactly("a", "c", "e");
		assertThat(Share.parse("2/2").of(LINES)).containsExactly("b", "d");
		assertThat(Share.parse("3/3").of(LINES)).containsExactly("c");
		assertThat(Share.ALL.of(LINES)).isEqualTo(LINES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1 2", "99999999999/2" })
	void wrongShareIsAnErrorOfUsage(String text) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Share.parse(text))
			.withMessageContaining("'" + text + "' is not a share");
	}

}
