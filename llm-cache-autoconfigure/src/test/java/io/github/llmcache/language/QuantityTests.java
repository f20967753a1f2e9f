package io.github.llmcache.language;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Quantity}.
 */
class QuantityTests {

	private static final PromptAnalyzer ANALYZER = PromptAnalyzer.english();

	@ParameterizedTest
	@CsvSource({ "50 cm, half a metre", "300g, 0.3 kg", "one week, 7 days", "3 pm, 15:00", "12 am, 0:00",
			"38.0 °C, 38 °C", "€120, 120 euros", "0.8 m, 80 centimetres", "thirty minutes, half an hour",
			"2 years, 24 months", "2in, 2 inches", "1 foot, 12in", "3 lbs, three pounds", "2 TB, 2000 GB" })
	void unitsAreConverted(String one, String other) {
		assertThat(first(one).matches(first(other))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "50 cm, 0.6 m", "3 pm, 3:00", "38 °C, 39 °C", "one week, 8 days", "5.5, 55" })
	void othersDiffer(String one, String other) {
		assertThat(first(one).matches(first(other))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "9 min, 9 seconds", "two days, 2 hrs", "€20, $20", "20 °C, 20 °F", "512 GB, 512 MB",
			"2in margins, 2 cm", "5 miles, 5 km", "6ft, 6 yards", "60 mph, 60 kmh", "8 oz, 8 lbs" })
	void sameNumberOfAnotherUnit(String one, String other) {
		assertThat(first(one).isOfAnotherUnit(first(other))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "9 min, 9 minutes", "two days, 2 eggs", "20 °C, 20 degrees", "2 hours, 120 min", "5, 5 km",
			"2 in 1, 2 cm" })
	void unitIsNotKnownToDiffer(String one, String other) {
		assertThat(first(one).isOfAnotherUnit(first(other))).isFalse();
	}

	@Test
	void wordAfterANumberIsItsUnit() {
		assertThat(first("4 eggs").unit()).isNotEmpty().isEqualTo(first("5 eggs").unit());
	}

	@Test
	void hugeNumberIsLeftAsItIs() {
		assertThat(first("12345678901234567890 m").number()).isEqualTo("12345678901234567890");
	}

	private static Quantity first(String text) {
		List<Quantity> quantities = Quantity.of(ANALYZER.analyze(text).tokens());
		return quantities.get(0);
	}

}
