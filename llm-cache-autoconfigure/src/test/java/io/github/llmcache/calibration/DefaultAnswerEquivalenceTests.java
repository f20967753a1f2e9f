package io.github.llmcache.calibration;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.answer.TextualAnswer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultAnswerEquivalence}, without embeddings.
 */
class DefaultAnswerEquivalenceTests {

	private final DefaultAnswerEquivalence equivalence = new DefaultAnswerEquivalence(() -> null, 1);

	@Test
	void textsMayDifferInCaseAndPunctuation() {
		assertSame("It is 7 o'clock.", "it is 7  o'clock", true);
		assertSame("It is 7 o'clock.", "It is 8 o'clock.", false);
	}

	@Test
	void textAtHeartCountsAndWhatElseTheAnswerHoldsDoesNot() {
		assertSame(new Reply("Bonn.", 1), new Reply("bonn", 2), true);
		assertSame(new Reply("Bonn.", 1), new Reply("Berlin", 1), false);
	}

	@Test
	void chunksOfAStreamAreOneText() {
		assertSame(List.of(new Reply("Bo", 1), new Reply("nn", 2)), List.of(new Reply("Bonn", 3)), true);
		assertSame(List.of(new Reply("Bo", 1), new Reply("nn", 2)), List.of(new Reply("Berlin", 3)), false);
	}

	@Test
	void listOfTextsIsNoStream() {
		assertSame(List.of("Bo", "nn"), List.of("Bonn"), false);
		assertSame(List.of("Bonn"), List.of("Bonn"), true);
	}

	@Test
	void otherAnswersHaveToBeEqual() {
		assertSame(7, 7, true);
		assertSame(7, 8, false);
	}

	private void assertSame(Object fresh, Object cached, boolean same) {
		assertThat(this.equivalence.judge(new Comparison("task", "prompt", fresh, "other", cached)))
			.isEqualTo(Verdict.of(same));
	}

	private record Reply(String text, int id) implements TextualAnswer {

	}

}
