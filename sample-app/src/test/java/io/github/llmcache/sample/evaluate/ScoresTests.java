package io.github.llmcache.sample.evaluate;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.sample.evaluate.EvaluationReport.Figures;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Scores} whose numbers were worked out by hand.
 */
class ScoresTests {

	private final Scores scores = new Scores();

	@Test
	void ratesAreThoseOfPairsWorkedOutByHand() {
		add(true, true, 0.9);
		add(true, true, 0.8);
		add(true, false, null);
		add(false, true, 0.85);
		add(false, false, 0.5);
		Figures figures = this.scores.figures();
		assertThat(figures.pairs()).isEqualTo(5);
		assertThat(figures.recall()).isEqualTo(2 / 3.0);
		assertThat(figures.wrongShare()).isEqualTo(1 / 2.0);
		assertThat(figures.precision()).isEqualTo(2 / 3.0);
	}

	@Test
	void recallIsTheHighestOfAllThresholdsThatArePreciseEnough() {
		add(true, true, 0.95);
		add(false, true, 0.94);
		for (int i = 0; i < 18; i++) {
			add(true, true, 0.9);
		}
		add(false, false, 0.7);
		add(true, false, null);
		// from the top: 1 of 1, then 1 of 2, then 19 of 20, then 19 of 21
		assertThat(this.scores.figures().recallAtPrecision())
			.isEqualTo(Map.of("0.90", 19 / 20.0, "0.95", 19 / 20.0, "0.98", 1 / 20.0));
	}

	@Test
	void pairsOfTheSameScoreAreServedTogether() {
		add(true, true, 0.9);
		add(false, true, 0.9);
		assertThat(this.scores.figures().recallAtPrecision().get("0.90")).isZero();
	}

	@Test
	void ratesOfNothingAreUndefined() {
		add(false, false, null);
		Figures figures = this.scores.figures();
		assertThat(figures.recall()).isNull();
		assertThat(figures.precision()).isNull();
		assertThat(figures.wrongShare()).isZero();
		assertThat(figures.recallAtPrecision().get("0.90")).isNull();
	}

	private void add(boolean match, boolean served, @Nullable Double score) {
		PromptPair pair = new PromptPair("a", "b", match, "source", "category");
		this.scores.add(new Judgement(pair, served, score, null, served ? null : "number"));
	}

}
