package io.github.llmcache.benchmarks.report;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RatioTests {

	@Test
	void roundsAreComparedOneByOne() {
		Ratio ratio = ratio(List.of(2.0, 20.0, 200.0), List.of(1.0, 10.0, 100.0));

		assertThat(ratio.value()).isEqualTo(2, within(1e-9));
		assertThat(ratio.low()).isEqualTo(2, within(1e-9));
		assertThat(ratio.high()).isEqualTo(2, within(1e-9));
	}

	@Test
	void valueIsTheGeometricMean() {
		assertThat(ratio(List.of(1.0, 4.0), List.of(1.0, 1.0)).value()).isEqualTo(2, within(1e-9));
	}

	@Test
	void spreadIsThePredictionIntervalOfAnotherMean() {
		// logarithms 0 and ln 4 have the variance 0.96091; Student's t is 4.0321 with
		// five
		// degrees of freedom
		RoundRatios rounds = RoundRatios.of(List.of(1.0, 4.0), List.of(1.0, 1.0));
		Ratio ratio = Ratio.of(rounds, rounds.variance(), 1);

		assertThat(Math.log(ratio.high() / ratio.value())).isEqualTo(4.0321 * Math.sqrt(0.96091), within(0.001));
		assertThat(ratio.low() * ratio.high()).isEqualTo(4, within(1e-6));
	}

	@Test
	void roundsThatHappenToBeAlikeDoNotMakeTheSpreadNarrow() {
		RoundRatios alike = RoundRatios.of(List.of(2.0, 2.0), List.of(1.0, 1.0));

		assertThat(Ratio.of(alike, 0.01, 1).high()).isGreaterThan(2.5);
		assertThat(Ratio.of(alike, 0, 1).high()).isEqualTo(2, within(1e-9));
	}

	@Test
	void spreadThatHoldsForManyRatiosTogetherIsWider() {
		RoundRatios rounds = RoundRatios.of(List.of(1.0, 4.0), List.of(1.0, 1.0));

		assertThat(Ratio.of(rounds, 0.1, 100).high()).isGreaterThan(2 * Ratio.of(rounds, 0.1, 1).high());
	}

	@Test
	void oneRoundTellsNothingAboutTheSpread() {
		Ratio ratio = ratio(List.of(3.0), List.of(1.0));

		assertThat(ratio.low()).isZero();
		assertThat(ratio.high()).isInfinite();
	}

	@Test
	void nothingIsAsMuchAsNothing() {
		assertThat(ratio(List.of(0.0), List.of(0.0)).value()).isEqualTo(1);
		assertThat(ratio(List.of(0.0), List.of(2.0)).value()).isZero();
	}

	@Test
	void comparisonFindsRatiosOutsideOfEitherSpread() {
		Map<String, Ratio> one = Map.of("a", new Ratio(2, 1, 4), "b", new Ratio(2, 1, 4), "c", new Ratio(1, 0.5, 2));
		Map<String, Ratio> other = Map.of("a", new Ratio(3, 1.5, 6), "b", new Ratio(3, 2.5, 4));

		assertThat(ReportComparison.compare(one, other)).contains("b: 2 (1 to 4) and 3 (2.50 to 4)")
			.contains("c is in one report only")
			.doesNotContain("a:")
			.endsWith("1 of 2 ratios are outside of the other's spread.%n".formatted());
	}

	private static Ratio ratio(List<Double> values, List<Double> baselines) {
		return Ratio.of(RoundRatios.of(values, baselines), 0, 1);
	}

}
