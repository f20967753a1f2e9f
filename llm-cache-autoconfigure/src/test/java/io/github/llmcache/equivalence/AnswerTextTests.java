package io.github.llmcache.equivalence;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnswerText}.
 */
class AnswerTextTests {

	@Test
	void sentencesAndItemsAreStatements() {
		assertThat(AnswerText.of("Do this. Then:\n1. Open it\n- close it\n\n> done!").statements())
			.containsExactly("Do this.", "Then:", "Open it", "close it", "done!");
	}

	@Test
	void abbreviationAndDecimalEndNothing() {
		assertThat(AnswerText.of("It takes 4.5 minutes, i.e. not long.").statements()).hasSize(1);
	}

	@Test
	void whatBothSayIsLeftOut() {
		AnswerText one = AnswerText.of("Hello there! It is red.");
		assertThat(one.without(AnswerText.of("hello  there. It is blue.")).text()).isEqualTo("It is red.");
	}

	@Test
	void beginningIsOfWholeWords() {
		AnswerText text = AnswerText.of("one two three four");
		assertThat(text.beginning(2, 100)).isEqualTo("one two");
		assertThat(text.beginning(100, 9)).isEqualTo("one two");
	}

	@Test
	void longTextIsCut() {
		assertThat(AnswerText.of("word ".repeat(100_000)).text().length()).isLessThanOrEqualTo(4_000);
	}

}
