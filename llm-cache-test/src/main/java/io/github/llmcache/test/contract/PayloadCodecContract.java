package io.github.llmcache.test.contract;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.ParameterizedTypeReference;

import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.codec.PayloadException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every {@link PayloadCodec} must keep.
 */
public abstract class PayloadCodecContract {

	private static final Type LINES = new ParameterizedTypeReference<List<Line>>() {
	}.getType();

	private static final Type COUNTS = new ParameterizedTypeReference<Map<String, Integer>>() {
	}.getType();

	/**
	 * The codec under test; may be the same for every test.
	 * @return a codec
	 */
	protected abstract PayloadCodec codec();

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "Möbius 😀", "null", "\"quoted\"", "line 1\nline 2\u0000" })
	void textComesBackAsItWas(String text) {
		assertThat(codec().decode(codec().encode(text, String.class), String.class)).isEqualTo(text);
	}

	@Test
	void recordsAndContainersComeBackEqual() {
		comesBack(new Line("a", 1.5, List.of("x", "y")), Line.class);
		comesBack(List.of(new Line("a", -0.0, List.of()), new Line("b", Double.MAX_VALUE, List.of("z"))), LINES);
		comesBack(new LinkedHashMap<>(Map.of("one", 1, "two", 2)), COUNTS);
		comesBack(Optional.of("text"), new ParameterizedTypeReference<Optional<String>>() {
		}.getType());
		comesBack(Long.MAX_VALUE, long.class);
	}

	@Test
	void whatOneCallerDoesToItsAnswerIsNotSeenByOthers() {
		byte[] payload = codec().encode(new ArrayList<>(List.of(new Line("a", 1, List.of()))), LINES);
		Object first = codec().decode(payload, LINES);
		try {
			((List<?>) first).clear();
		}
		catch (UnsupportedOperationException ex) {
			// immutable, which will do
		}
		assertThat(codec().decode(payload, LINES)).isEqualTo(List.of(new Line("a", 1, List.of())));
	}

	@Test
	void bytesOfAnybodyElseAreRefusedWithoutQuotingThem() {
		byte[] foreign = "{\"secret\":{}}".getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> codec().decode(foreign, Line.class))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
		Random random = new Random(11);
		for (int i = 0; i < 500; i++) {
			byte[] bytes = new byte[random.nextInt(40)];
			random.nextBytes(bytes);
			try {
				codec().decode(bytes, Line.class);
			}
			catch (PayloadException ex) {
				// the only exception that is allowed
			}
		}
	}

	@Test
	void shapeTellsTypesApartAndStaysTheSame() {
		assertThat(codec().shape(Line.class)).isEqualTo(codec().shape(Line.class)).isNotEmpty();
		assertThat(codec().shape(Line.class)).isNotEqualTo(codec().shape(String.class));
		assertThat(codec().shape(LINES)).isNotEqualTo(codec().shape(COUNTS));
	}

	private void comesBack(Object value, Type type) {
		assertThat(codec().decode(codec().encode(value, type), type)).isEqualTo(value);
	}

	/**
	 * An answer.
	 */
	public record Line(String text, double weight, List<String> tags) {

	}

}
