package io.github.llmcache.cost;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.TokenUsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Prices}.
 */
class PricesTests {

	private static final TokenUsage USAGE = TokenUsage.reported(2_000_000, 1_000_000);

	private final Prices prices = new Prices("USD",
			Map.of("gpt-4o", new Price(2.5, 10), "GPT-4o-2024-05-13", new Price(5, 15)), 0.04, 0, 0);

	@Test
	void inputAndOutputHaveTheirPrices() {
		assertThat(this.prices.of("gpt-4o", USAGE)).isEqualTo(15);
		assertThat(this.prices.of("GPT-4O", USAGE)).isEqualTo(15);
	}

	@Test
	void modelWithoutPriceHasNone() {
		assertThat(this.prices.of("gpt-4o-mini", USAGE)).isNull();
		assertThat(this.prices.of("gpt-4", USAGE)).isNull();
		assertThat(this.prices.of(null, USAGE)).isNull();
	}

	@Test
	void datedModelHasItsOwnPriceOrThatOfItsName() {
		assertThat(this.prices.of("gpt-4o-2024-05-13", USAGE)).isEqualTo(25);
		assertThat(this.prices.of("gpt-4o-2024-08-06", USAGE)).isEqualTo(15);
		assertThat(this.prices.of("gpt-4o@20240806", USAGE)).isEqualTo(15);
		assertThat(this.prices.of("gpt-4o-mini-2024-07-18", USAGE)).isNull();
	}

	@Test
	void defaultIsForAllOthers() {
		Prices withDefault = new Prices("USD", Map.of("gpt-4o", new Price(2.5, 10), "default", new Price(1, 1)), 0, 0,
				0);
		assertThat(withDefault.of("gpt-4o", USAGE)).isEqualTo(15);
		assertThat(withDefault.of("llama", USAGE)).isEqualTo(3);
		assertThat(withDefault.of(null, USAGE)).isEqualTo(3);
	}

	@Test
	void timeIsPricedByTheHour() {
		assertThat(this.prices.ofLookups(Duration.ofMinutes(90), 0)).isEqualTo(0.06, within(1e-12));
	}

	@Test
	void negativePricesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Price(-1, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new Price(0, Double.NaN));
		assertThatIllegalArgumentException().isThrownBy(() -> new Prices("USD", Map.of(), 0, 0, -0.1));
	}

}
