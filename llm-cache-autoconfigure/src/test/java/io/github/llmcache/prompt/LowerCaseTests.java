package io.github.llmcache.prompt;

import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LowerCase}.
 */
class LowerCaseTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "Text", "İI", "ΟΔΟΣ ΣΟΦΟΣ", "Σ", "ΑΣ", "ΑΣ.", "ΑΣ1", "Α\u0301Σ", "ΣΣ", "1Σ", "Α.Σ",
			"Α'ΣΑ", "İΣ", "日Σ", "ªΣ", "ⅣΣ", "\ud801\udc00Σ", "\ud83dΣ", "ΑΣ\ude00", "ΑΣ\u200bΑ" })
	void isThatOfTheJdk(String text) {
		assertThat(LowerCase.of(text)).isEqualTo(text.toLowerCase(Locale.ROOT));
	}

	@Test
	void everyCharacterIsWrittenAsTheJdkDoes() {
		IntStream.rangeClosed(0, Character.MAX_CODE_POINT).mapToObj(Character::toString).forEach(this::isThatOfTheJdk);
		IntStream.rangeClosed(0, 0x2FFF)
			.mapToObj((c) -> Character.toString(c) + 'Σ' + Character.toString(c))
			.forEach(this::isThatOfTheJdk);
	}

	@Test
	void randomTextsAreWrittenAsTheJdkDoes() {
		Random random = new Random(42);
		for (int i = 0; i < 20_000; i++) {
			isThatOfTheJdk(RandomPrompts.of(random, 1 + random.nextInt(12)));
		}
	}

}
