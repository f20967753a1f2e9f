package io.github.llmcache.language;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PromptAnalyzerTests {

	private final PromptAnalyzer analyzer = PromptAnalyzer.english();

	@Test
	void wordListsAreKeptOnce() {
		assertThat(PromptAnalyzer.english()).isSameAs(this.analyzer);
		assertThat(PromptAnalyzer.class.getConstructors()).isEmpty();
	}

	@Test
	void numbersInWordsAndFiguresAreRead() {
		assertThat(numbers("two")).containsExactly("2");
		assertThat(numbers("twenty five of 1,000")).containsExactly("25", "1000");
		assertThat(numbers("2 million or 3.5 thousand")).containsExactly("2000000", "3500");
		assertThat(numbers("the third of 3rd")).containsExactly("3th", "3th");
		assertThat(numbers("-1, .5, 10:30, 2026-05-01, 3.10")).containsExactly("-1", "0.5", "10:30", "2026-05-01",
				"3.10");
		assertThat(numbers("5kg iphone6")).containsExactly("5", "6");
	}

	@Test
	void monthsAreToldFromVerbs() {
		assertThat(this.analyzer.analyze("what is due in May").terms(TokenKind.DATE)).containsExactly("may");
		assertThat(this.analyzer.analyze("may I go").terms(TokenKind.DATE)).isEmpty();
	}

	@Test
	void identifiersAreKeptWhole() {
		assertThat(this.analyzer.analyze("see https://example.com/a?b=1, then /etc/hosts and foo_bar() or --force.")
			.terms(TokenKind.IDENTIFIER))
			.containsExactly("https://example.com/a?b=1", "/etc/hosts", "foo_bar()", "--force");
	}

	@Test
	void quotesAreFoundInsideOfTheirMarks() {
		assertThat(this.analyzer.analyze("translate \"Good morning\" and “bye”").quotes())
			.containsExactly("good morning", "bye");
		assertThat(this.analyzer.analyze("the users' and the admins' rights").quotes()).isEmpty();
	}

	@Test
	void phrasalVerbIsJoinedOverItsObject() {
		assertThat(contents("turned the big light on")).isEqualTo(contents("turning on the big light"));
	}

	@Test
	void inflectedAndBritishFormsHaveOneTerm() {
		assertThat(contents("stories studies colours organised travelling children"))
			.isEqualTo(contents("story study color organize travel child"));
	}

	@Test
	void comparativesAndDerivedWordsAreKeptApart() {
		assertThat(contents("high highest employer employee")).doesNotHaveDuplicates();
	}

	@Test
	void otherLanguagesAreReadWordByWord() {
		AnalyzedPrompt prompt = this.analyzer.analyze("Wie alt ist der Papst und wo wohnt er?");
		assertThat(prompt.english()).isFalse();
		assertThat(prompt.carriers()).hasSize(9);
	}

	private List<String> numbers(String prompt) {
		return this.analyzer.analyze(prompt).terms(TokenKind.NUMBER);
	}

	private List<String> contents(String prompt) {
		return this.analyzer.analyze(prompt).terms(TokenKind.CONTENT);
	}

}
