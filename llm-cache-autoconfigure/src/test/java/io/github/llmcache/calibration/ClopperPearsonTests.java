package io.github.llmcache.calibration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link ClopperPearson}.
 */
class ClopperPearsonTests {

	@ParameterizedTest
	@CsvSource({ "0, 1", "0, 59", "0, 300" })
	void boundWithoutEventsHasAClosedForm(long events, long trials) {
		assertThat(ClopperPearson.upperBound(events, trials)).isCloseTo(1 - Math.pow(0.05, 1.0 / trials), within(1e-9));
	}

	@ParameterizedTest
	@CsvSource({ "1, 10", "3, 20", "5, 100", "10, 1000" })
	void atTheBoundSoFewEventsHaveFivePercent(int events, int trials) {
		double bound = ClopperPearson.upperBound(events, trials);
		double probability = 0;
		double term = Math.pow(1 - bound, trials);
		for (int i = 0; i <= events; i++) {
			probability += term;
			term *= (double) (trials - i) / (i + 1) * bound / (1 - bound);
		}
		assertThat(probability).isCloseTo(0.05, within(1e-9));
	}

	@Test
	void nothingIsKnownWithoutTrials() {
		assertThat(ClopperPearson.upperBound(0, 0)).isEqualTo(1);
		assertThat(ClopperPearson.upperBound(3, 3)).isEqualTo(1);
	}

}
