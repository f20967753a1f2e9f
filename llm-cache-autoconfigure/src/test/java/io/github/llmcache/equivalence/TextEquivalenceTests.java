package io.github.llmcache.equivalence;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.answer.TextualAnswer;
import io.github.llmcache.verify.ParaphraseModel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TextEquivalence}, with models that always say the same.
 */
class TextEquivalenceTests {

	private static final ParaphraseModel ALIKE = (prompt, cached) -> 0.995;

	private static final ParaphraseModel UNDECIDED = (prompt, cached) -> 0.5;

	private static final ParaphraseModel UNLIKE = (prompt, cached) -> 0.05;

	private final TextEquivalence equivalence = new TextEquivalence(() -> null);

	@Test
	void textsMayDifferInCaseAndPunctuation() {
		assertThat(judge("It is 7 o'clock.", "it is 7  o'clock")).isEqualTo(Verdict.SAME);
		assertThat(judge("Bonn.", "bonn")).isEqualTo(Verdict.SAME);
	}

	@Test
	void signsAreNoPunctuation() {
		assertThat(judge("-5", "5")).isEqualTo(Verdict.DIFFERENT);
		assertThat(judge("3.5", "35")).isEqualTo(Verdict.DIFFERENT);
		assertThat(judge("a != b", "a = b")).isEqualTo(Verdict.UNKNOWN);
	}

	@Test
	void labelsHaveToBeEqual() {
		assertThat(judge("refund_request", "card_arrival")).isEqualTo(Verdict.DIFFERENT);
	}

	@Test
	void textAtHeartCountsAndWhatElseTheAnswerHoldsDoesNot() {
		assertThat(judge(new Reply("Bonn.", 1), new Reply("bonn", 2))).isEqualTo(Verdict.SAME);
		assertThat(judge(new Reply("Bonn.", 1), new Reply("Berlin", 1))).isEqualTo(Verdict.DIFFERENT);
	}

	@Test
	void chunksOfAStreamAreOneText() {
		assertThat(judge(List.of(new Reply("Bo", 1), new Reply("nn", 2)), List.of(new Reply("Bonn", 3))))
			.isEqualTo(Verdict.SAME);
		assertThat(judge(List.of(new Reply("Bo", 1), new Reply("nn", 2)), List.of(new Reply("Berlin", 3))))
			.isEqualTo(Verdict.DIFFERENT);
	}

	@Test
	void listOfTextsIsNoStream() {
		assertThat(judge(List.of("Bo", "nn"), List.of("Bonn"))).isEqualTo(Verdict.DIFFERENT);
		assertThat(judge(List.of("Bonn"), List.of("Bonn"))).isEqualTo(Verdict.SAME);
	}

	@Test
	void otherAnswersHaveToBeEqual() {
		assertThat(judge(7, 7)).isEqualTo(Verdict.SAME);
		assertThat(judge(7, 8)).isEqualTo(Verdict.DIFFERENT);
	}

	@Test
	void withoutAModelNothingIsKnownOfTexts() {
		assertThat(judge("Boil it for 6 minutes.", "Boil it for 11 minutes.")).isEqualTo(Verdict.UNKNOWN);
	}

	@Test
	void promptsThatAreTooLongForTheModelCannotBeJudged() {
		assertThat(judge((prompt, cached) -> null, "Boil it for 6 minutes.", "Boil it for 11 minutes."))
			.isEqualTo(Verdict.UNKNOWN);
	}

	@Test
	void otherNumbersMakeAnotherAnswer() {
		assertThat(judge(UNDECIDED, "Boil it for 6 minutes.", "Give it 11 minutes.")).isEqualTo(Verdict.DIFFERENT);
	}

	@Test
	void textsThatAgreeInNumbersAndMeaningAreTheSame() {
		assertThat(judge(ALIKE, "Boil it for 90 minutes.", "Give it one and a half hours, that is 90 min."))
			.isEqualTo(Verdict.SAME);
	}

	@Test
	void textsThatAgreeInNumbersAloneCannotBeJudged() {
		assertThat(judge(UNDECIDED, "Boil it for 6 minutes.", "Give it 6 minutes.")).isEqualTo(Verdict.UNKNOWN);
	}

	@Test
	void textsThatMeanAnotherThingAreDifferent() {
		assertThat(judge(UNLIKE, "Boil it until it is soft.", "Fry the onions first.")).isEqualTo(Verdict.DIFFERENT);
	}

	@Test
	void sharedStatementsDoNotMakeAnswersAlike() {
		String frame = "Hello and welcome to our 24 hour service! You reach us from 8 to 20 on 5 days a week.\n";
		assertThat(judge(UNDECIDED, frame + "Boil it for 6 minutes.", frame + "Give it 11 minutes."))
			.isEqualTo(Verdict.DIFFERENT);
	}

	private Verdict judge(Object fresh, Object cached) {
		return this.equivalence.judge(new Comparison("task", "prompt", fresh, "other", cached));
	}

	private Verdict judge(ParaphraseModel model, String fresh, String cached) {
		return new TextEquivalence(() -> model)
			.judge(new Comparison("task", "how long to cook it", fresh, "cooking time", cached));
	}

	private record Reply(String text, int id) implements TextualAnswer {

	}

}
