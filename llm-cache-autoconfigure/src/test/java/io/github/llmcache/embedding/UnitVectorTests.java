package io.github.llmcache.embedding;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class UnitVectorTests {

	@Test
	void theLengthIsOneAndTheDirectionStays() {
		assertThat(UnitVector.of(new float[] { 3, -4 })).containsExactly(0.6f, -0.8f);
	}

	@Test
	void elementsWhoseSquaresLeaveTheRangeOfFloatAreScaled() {
		assertThat(UnitVector.of(new float[] { 3e30f, 4e30f })).containsExactly(new float[] { 0.6f, 0.8f },
				within(1e-6f));
		assertThat(UnitVector.of(new float[] { 3e-30f, 4e-30f })).containsExactly(new float[] { 0.6f, 0.8f },
				within(1e-6f));
	}

	@Test
	void theArgumentIsNotChanged() {
		float[] vector = { 3, 4 };
		UnitVector.of(vector);
		assertThat(vector).containsExactly(3, 4);
	}

	@Test
	void aVectorWithoutADirectionIsRefused() {
		for (float[] vector : new float[][] { {}, { 0, 0 }, { 1, Float.NaN }, { Float.POSITIVE_INFINITY, 1 } }) {
			assertThatIllegalArgumentException().isThrownBy(() -> UnitVector.of(vector));
		}
	}

}
