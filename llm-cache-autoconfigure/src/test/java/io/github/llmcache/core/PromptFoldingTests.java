package io.github.llmcache.core;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PromptFolding}.
 */
class PromptFoldingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			How do I reset my password?        | how do i reset my password
			how do  I reset my password        | how do i reset my password
			HOW DO I RESET MY PASSWORD!!       | how do i reset my password
			Don’t wait, please (really).       | don't wait please really
			WHO IS IT?                         | who is it
			What does the US pay to WHO?       | what does the US pay to WHO
			Is 1.5 more than 1,5 or -5?        | is 1.5 more than 1,5 or -5
			What is C++, and what is C?        | what is c++ and what is c
			Does my iPhone6 have A1B2?         | does my iPhone6 have A1B2
			Meet me at 10:30, not 10.30.       | meet me at 10:30 not 10.30
			¿Qué hora es?                      | qué hora es
			50% + 3 €?                         | 50% + 3 €
			""")
	void caseAndPunctuationAndBlanksGo(String prompt, String folded) {
		assertThat(PromptFolding.fold(prompt)).isEqualTo(folded);
		assertThat(PromptFolding.fold(folded)).isEqualTo(folded);
	}

	@ParameterizedTest
	@ValueSource(strings = { "What does \"Set\" mean?", "Who said 'To be'?", "Explain `List.of()`!", "Run foo(A)?",
			"SELECT a FROM B;", "Is A = B?", "Open https://Example.org/A", "Mail Joe@Example.org", "What is MAX_VALUE?",
			"Fix this:\n  If X", "?!" })
	void codeAndQuotedTextStay(String prompt) {
		assertThat(PromptFolding.fold(prompt)).isEqualTo(prompt);
	}

}
