package io.github.llmcache.sample.evaluate;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.sample.evaluate.EvaluationReport.Point;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorCurve} whose numbers were worked out by hand.
 */
class ErrorCurveTests {

	private final ErrorCurve curve = new ErrorCurve();

	@Test
	void servedIsWhatIsMoreProbableThanTheFirstWrongPairTooMany() {
		add(4, true, "same", false, 0.95);
		add(4, true, "same", true, 0.8);
		add(2, true, "same", true, null);
		add(1, false, "name", true, 0.9);
		add(1, false, "number", false, 0.7);
		add(98, false, "number", false, 0.1);
		Map<String, Point> points = this.curve.figures().points();
		assertThat(points.keySet()).containsExactly("0.5", "1", "2", "3", "5");
		assertThat(points.get("0.5")).isEqualTo(new Point(0.95, 4 / 10.0, 0.0, Map.of("name", 0.0, "number", 0.0)));
		assertThat(points.get("1")).isEqualTo(new Point(0.8, 8 / 10.0, 0.01, Map.of("name", 1.0, "number", 0.0)));
		assertThat(points.get("2")).isEqualTo(new Point(0.7, 8 / 10.0, 0.02, Map.of("name", 1.0, "number", 1 / 99.0)));
		assertThat(points.get("5")).isEqualTo(points.get("2"));
	}

	@Test
	void settingIsWhatWasServed() {
		add(3, true, "same", false, 0.9);
		add(1, true, "same", true, 0.1);
		add(1, false, "name", true, null);
		add(1, false, "name", false, 0.9);
		assertThat(this.curve.figures().setting())
			.isEqualTo(new Point(null, 1 / 4.0, 1 / 2.0, Map.of("name", 1 / 2.0)));
	}

	@Test
	void pairsOfTheSameProbabilityAreServedTogether() {
		add(50, true, "same", true, 0.9);
		add(2, false, "name", true, 0.9);
		add(98, false, "name", true, null);
		assertThat(this.curve.figures().points().get("1")).isEqualTo(new Point(null, 0.0, 0.0, Map.of("name", 0.0)));
		assertThat(this.curve.figures().points().get("2")).isEqualTo(new Point(0.9, 1.0, 0.02, Map.of("name", 0.02)));
	}

	@Test
	void sharesOfNothingAreUndefined() {
		assertThat(this.curve.figures().setting().served()).isNull();
		assertThat(this.curve.figures().points().get("1").wrong()).isNull();
	}

	private void add(int count, boolean match, String category, boolean served, @Nullable Double probability) {
		PromptPair pair = new PromptPair("a", "b", match, "source", category);
		for (int i = 0; i < count; i++) {
			this.curve.add(new Judgement(pair, served, null, probability, served ? null : "number"));
		}
	}

}
