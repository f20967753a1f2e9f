package io.github.llmcache.prompt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ClassPathResource;

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

	@Tag("thorough")
	@Test
	void randomPromptsAreFoldedAsTheRegularExpressionsDid() {
		Random random = new Random(42);
		for (int i = 0; i < 100_000; i++) {
			String prompt = PromptNormalizer.normalize(RandomPrompts.of(random, 1 + random.nextInt(40)));
			assertThat(PromptFolding.fold(prompt)).isEqualTo(RegularExpressions.fold(prompt));
		}
	}

	@Test
	void everyCharacterIsFoldedAsTheRegularExpressionsDid() {
		IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
			.filter((c) -> Character.isDefined(c) && !Character.isIdeographic(c))
			.forEach((c) -> {
				String prompt = Character.toString(c) + "A" + Character.toString(c) + " US 1" + Character.toString(c);
				assertThat(PromptFolding.fold(prompt)).isEqualTo(RegularExpressions.fold(prompt));
			});
	}

	@Tag("thorough")
	@Test
	void textsOfRandomBlocksAreFoldedAsTheRegularExpressionsDid() {
		Random random = new Random(42);
		for (int i = 0; i < 200_000; i++) {
			String prompt = PromptNormalizer.normalize(RandomPrompts.ofRandomBlocks(random, 1 + random.nextInt(30)));
			assertThat(PromptFolding.fold(prompt)).isEqualTo(RegularExpressions.fold(prompt));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "same-questions.csv", "other-questions.csv", "objections.csv" })
	void questionsAreFoldedAsTheRegularExpressionsDid(String file) throws IOException {
		ClassPathResource questions = new ClassPathResource("io/github/llmcache/verify/" + file);
		List<String> lines = questions.getContentAsString(StandardCharsets.UTF_8).lines().toList();
		assertThat(lines).isNotEmpty();
		for (String line : lines) {
			for (String prompt : line.split("[|;]")) {
				String normalized = PromptNormalizer.normalize(prompt);
				assertThat(PromptFolding.fold(normalized)).isEqualTo(RegularExpressions.fold(normalized));
				String shouted = normalized.toUpperCase(Locale.ROOT);
				assertThat(PromptFolding.fold(shouted)).isEqualTo(RegularExpressions.fold(shouted));
			}
		}
	}

	/**
	 * What keys in stores were computed by; quadratic.
	 */
	private static final class RegularExpressions {

		private static final Pattern VERBATIM = Pattern
			.compile("[\"“”„«»`{}<>=\\\\|\\[\\]~^;@#_\\n]|://|(?:^|\\s)['‘]|\\S\\(");

		private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

		private static final Pattern PUNCTUATION = Pattern.compile("^[(¿¡]+|[?!.,:…)]+$");

		private static final Pattern IDENTIFIER = Pattern.compile("\\p{Ll}\\p{Lu}|\\p{L}\\d|\\d\\p{L}");

		private static final Set<String> OTHER_WITHOUT_CAPITALS = Set.of("US", "IT", "WHO", "AIDS", "ACT", "CAT",
				"SAT");

		static String fold(String prompt) {
			if (VERBATIM.matcher(prompt).find()) {
				return prompt;
			}
			boolean shouted = prompt.equals(prompt.toUpperCase(Locale.ROOT));
			StringBuilder folded = new StringBuilder(prompt.length());
			for (String token : BLANKS.split(prompt)) {
				String word = PUNCTUATION.matcher(token).replaceAll("");
				if (!word.isEmpty()) {
					folded.append(folded.isEmpty() ? "" : " ").append(foldWord(word, shouted));
				}
			}
			return folded.isEmpty() ? prompt : folded.toString();
		}

		private static String foldWord(String word, boolean shouted) {
			if (IDENTIFIER.matcher(word).find() || (!shouted && OTHER_WITHOUT_CAPITALS.contains(word))) {
				return word;
			}
			return word.toLowerCase(Locale.ROOT).replace('’', '\'');
		}

	}

}
