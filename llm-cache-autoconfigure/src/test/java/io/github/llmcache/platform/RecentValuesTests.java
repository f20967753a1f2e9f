package io.github.llmcache.platform;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RecentValues}.
 */
class RecentValuesTests {

	private final RecentValues<Integer, String> recent = new RecentValues<>(4);

	@Test
	void valueIsFoundByAnEqualKey() {
		Integer key = 1_000;
		this.recent.put(key, "value");
		assertThat(this.recent.get(Integer.valueOf("1000"))).isEqualTo("value");
		assertThat(key).isEqualTo(1_000);
	}

	@Test
	void anotherKeyOfTheSamePlaceFindsNothingAndTakesItOver() {
		this.recent.put(1, "one");
		assertThat(this.recent.get(5)).isNull();
		this.recent.put(5, "five");
		assertThat(this.recent.get(5)).isEqualTo("five");
		assertThat(this.recent.get(1)).isNull();
	}

	@Test
	void valueIsComputedOnlyIfItIsNotKnown() {
		assertThat(this.recent.computeIfAbsent(1, (key) -> "computed of " + key)).isEqualTo("computed of 1");
		assertThat(this.recent.computeIfAbsent(1, (key) -> "computed again")).isEqualTo("computed of 1");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 3, 100 })
	void sizeThatIsNoPowerOfTwoIsRefused(int size) {
		assertThatIllegalArgumentException().isThrownBy(() -> new RecentValues<>(size))
			.withMessageContaining("" + size);
	}

}
