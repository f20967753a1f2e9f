package io.github.llmcache.calibration;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WordRarity}.
 */
class WordRarityTests {

	private final WordRarity rarity = new WordRarity();

	@Test
	void wordsAreComparedWithoutCaseEndingsAndPunctuation() {
		assertThat(WordRarity.words("Cities, rivers & 2 cards: Deleting cards!")).containsExactly("cit", "river", "2",
				"card", "delet");
		assertThat(WordRarity.words("?!")).isEmpty();
	}

	@Test
	void rarerWordsWeighMore() {
		assertThat(this.rarity.of("the")).isLessThan(this.rarity.of("card"));
		assertThat(this.rarity.of("card")).isLessThan(this.rarity.of("timbuktu"));
		assertThat(this.rarity.of("timbuktu")).as("not in the table").isEqualTo(1);
		assertThat(this.rarity.of("2017")).isEqualTo(1);
		assertThat(this.rarity.of("the")).isPositive();
	}

	@Test
	void sumAndMaximumOfNothingAreZero() {
		assertThat(this.rarity.sum(List.of())).isZero();
		assertThat(this.rarity.max(List.of())).isZero();
		assertThat(this.rarity.sum(List.of("2017", "timbuktu"))).isEqualTo(2);
	}

}
