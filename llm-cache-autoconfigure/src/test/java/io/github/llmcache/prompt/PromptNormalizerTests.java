package io.github.llmcache.prompt;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PromptNormalizer}.
 */
class PromptNormalizerTests {

	@Test
	void composedAndDecomposedCharactersAreTheSame() {
		assertThat(PromptNormalizer.normalize("Cafe\u0301")).isEqualTo("Caf\u00e9");
		assertThat(PromptNormalizer.normalize("\u1112\u1161\u11ab")).isEqualTo("\ud55c");
	}

	@Test
	void compatibilityCharactersStayDifferent() {
		assertThat(PromptNormalizer.normalize("x\u00b2 \ufb01 \uff21")).isEqualTo("x\u00b2 \ufb01 \uff21");
	}

	@Test
	void lineEndsBecomeNewlines() {
		assertThat(PromptNormalizer.normalize("a\r\nb\rc\nd\r\r\ne")).isEqualTo("a\nb\nc\nd\n\ne");
	}

	@Test
	void outerBlanksAreRemoved() {
		assertThat(PromptNormalizer.normalize(" \t\r\n\u2003prompt\u3000\n ")).isEqualTo("prompt");
		assertThat(PromptNormalizer.normalize(" \r\n\t ")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "if a:\n    b\n  c", "a  b", "a\tb", "A a", "what?", "what", "1\u00a0000", "a\u200bb" })
	void innerBlanksCaseAndPunctuationStay(String prompt) {
		assertThat(PromptNormalizer.normalize(prompt)).isEqualTo(prompt);
	}

	@Test
	void normalisingTwiceChangesNothingMore() {
		Random random = new Random(42);
		String characters = "aZ \t\r\n\u00a0\u0301\u0308\u0327e\u00e9\u1112\u1161\u11ab\u2003\u2028\u3000\ud83d\ude00\u037e\u212b";
		for (int i = 0; i < 20_000; i++) {
			StringBuilder text = new StringBuilder();
			for (int length = random.nextInt(8); length > 0; length--) {
				text.append(characters.charAt(random.nextInt(characters.length())));
			}
			String once = PromptNormalizer.normalize(text.toString());
			assertThat(PromptNormalizer.normalize(once)).isEqualTo(once);
			assertThat(PromptNormalizer.normalize(" " + once + "\r\n")).isEqualTo(once);
		}
	}

	@Test
	void moreMarksThanAnyLanguagePutsOnALetterStayAsTheyAre() {
		String ordered = "\u0327\u0301".repeat(15);
		assertThat(PromptNormalizer.normalize("e" + "\u0301\u0327".repeat(15)))
			.isEqualTo("ȩ" + "\u0327".repeat(14) + "\u0301".repeat(15))
			.isEqualTo(PromptNormalizer.normalize("e" + ordered));
		String unordered = "e" + "\u0301\u0327".repeat(15) + "\u0301";
		assertThat(PromptNormalizer.normalize(" Cafe\u0301 " + unordered + "\r")).isEqualTo("Cafe\u0301 " + unordered);
	}

}
