package io.github.llmcache.benchmarks.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RatioTests {

	@Test
	void roundsAreComparedOneByOne() {
		Ratio ratio = Ratio.of(List.of(2.0, 20.0, 200.0), List.of(1.0, 10.0, 100.0));

		assertThat(ratio.value()).isEqualTo(2, within(1e-9));
		assertThat(ratio.low()).isEqualTo(2, within(1e-9));
		assertThat(ratio.high()).isEqualTo(2, within(1e-9));
	}

	@Test
	void valueIsTheGeometricMean() {
		Ratio ratio = Ratio.of(List.of(1.0, 4.0), List.of(1.0, 1.0));

		assertThat(ratio.value()).isEqualTo(2, within(1e-9));
	}

	@Test
	void spreadIsThePredictionIntervalOfAnotherMean() {
		// logarithms 0 and ln 4 deviate by 0.980; Student's t is 63.66 with one degree of
		// freedom
		Ratio ratio = Ratio.of(List.of(1.0, 4.0), List.of(1.0, 1.0));

		assertThat(Math.log(ratio.high() / ratio.value())).isEqualTo(63.657 * 0.98026, within(0.01));
		assertThat(ratio.low() * ratio.high()).isEqualTo(4, within(1e-6));
	}

	@Test
	void oneRoundTellsNothingAboutTheSpread() {
		Ratio ratio = Ratio.of(List.of(3.0), List.of(1.0));

		assertThat(ratio.low()).isZero();
		assertThat(ratio.high()).isInfinite();
	}

	@Test
	void nothingIsAsMuchAsNothing() {
		assertThat(Ratio.of(List.of(0.0), List.of(0.0)).value()).isEqualTo(1);
		assertThat(Ratio.of(List.of(0.0), List.of(2.0)).value()).isZero();
	}

}
