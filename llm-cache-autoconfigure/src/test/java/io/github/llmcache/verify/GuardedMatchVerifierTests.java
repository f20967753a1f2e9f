package io.github.llmcache.verify;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Match;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class GuardedMatchVerifierTests {

	private static final GuardedMatchVerifier verifier = new GuardedMatchVerifier();

	@ParameterizedTest(name = "{1} / {2}")
	@CsvFileSource(resources = "other-questions.csv", delimiter = '|', quoteCharacter = '\0')
	void refusesAnotherQuestionInBothDirections(String reason, String prompt, String cached) {
		assertThat(verify(prompt, cached).reason()).isEqualTo(reason);
		assertThat(verify(cached, prompt).accepted()).isFalse();
	}

	@ParameterizedTest(name = "{0} / {1}")
	@CsvFileSource(resources = "same-questions.csv", delimiter = '|', quoteCharacter = '\0')
	void acceptsTheSameQuestionInBothDirections(String prompt, String cached) {
		assertThat(verify(prompt, cached)).isEqualTo(Verdict.accept());
		assertThat(verify(cached, prompt)).isEqualTo(Verdict.accept());
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "word ", "\"", "`", "/", "1.", "'a ", "how do i ", "turn ", "1/", "_", "{}", "中",
			"a1", "not ", "from to ", "\n", "\ud83d\ude00", "\ud83d", "e\u0301", "a, " })
	void judgesLongPromptsInBoundedTime(String unit) {
		String prompt = unit.repeat(10_000 / unit.length());
		assertTimeout(Duration.ofSeconds(2), () -> verify(prompt, prompt + " b"));
		assertThat(verify(prompt, prompt)).isEqualTo(Verdict.accept());
	}

	@Test
	void refusesLongPromptsOfOtherWordsInBoundedTime() {
		String prompt = IntStream.range(0, 2000).mapToObj((i) -> "'w" + word(i) + "' ").collect(Collectors.joining());
		String cached = IntStream.range(0, 2000).mapToObj((i) -> "'v" + word(i) + "' ").collect(Collectors.joining());
		assertTimeout(Duration.ofSeconds(2), () -> verify(prompt, cached));
		assertTimeout(Duration.ofSeconds(2), () -> verify(prompt.replace("'", ""), cached.replace("'", "")));
		assertThat(verify(prompt, cached).accepted()).isFalse();
	}

	private static String word(int number) {
		return Integer.toString(number, 26)
			.chars()
			.mapToObj((c) -> String.valueOf((char) ('a' + Character.digit(c, 26))))
			.collect(Collectors.joining());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ".", "?!", "'", "\"", "```", "the", "2" })
	void doesNotMindPromptsWithoutWords(String prompt) {
		assertThat(verify(prompt, prompt)).isEqualTo(Verdict.accept());
		assertThat(verify(prompt, "what is a mutex").accepted()).isFalse();
	}

	@Test
	void detailQuotesWhatDiffers() {
		assertThat(verify("convert 5 km", "convert 50 km").detail()).isEqualTo("[5] / [50]");
		assertThat(verify("enable the alarm", "disable the alarm").detail()).isEqualTo("enable / disable");
	}

	@Test
	void everyGuardMayObject() {
		assertThat(verifier.objections("convert 5 km", "you must not convert 50 miles")).extracting(Verdict::reason)
			.containsExactly("number", "negation", "content-word");
		assertThat(verifier.objections("convert 5 km", "Convert 5 km!")).isEmpty();
		assertThat(verifier.objections("convert 5 km", "cnovert 5 km")).isEmpty();
	}

	@ParameterizedTest(name = "{1}: {2} / {3}")
	@CsvFileSource(resources = "objections.csv", delimiter = '|', quoteCharacter = '\0')
	void objectsInBothDirections(String objection, String reason, String prompt, String cached) {
		for (List<Verdict> objections : List.of(verifier.objections(prompt, cached),
				verifier.objections(cached, prompt))) {
			assertThat(objections).filteredOn((verdict) -> verdict.reason().equals(reason))
				.extracting((verdict) -> String.valueOf(verdict.firmness()))
				.isEqualTo(objection.equals("none") ? List.of() : List.of(objection));
		}
	}

	@Test
	void otherLanguageIsRefusedAbsolutelyAnExchangedWordHardAndOtherWordingSoftly() {
		assertThat(verify("wie alt ist der Papst", "wie alt ist der Kanzler").firmness()).isEqualTo(Firmness.ABSOLUTE);
		assertThat(verify("how do I pickle radishes", "pickling carrots at home").firmness()).isEqualTo(Firmness.SOFT);
		assertThat(verify("how do I pickle radishes", "please tell me how to pickle carrots").firmness())
			.isEqualTo(Firmness.HARD);
		assertThat(verify("what is your name", "what is my name").firmness()).isEqualTo(Firmness.FIRM);
	}

	private static Verdict verify(String prompt, String cached) {
		return verifier.verify(new Match("task", prompt, cached, 0.9));
	}

}
