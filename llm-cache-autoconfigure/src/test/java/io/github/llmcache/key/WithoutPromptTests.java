package io.github.llmcache.key;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CanonicalJson} where the prompt is a part of an argument.
 */
class WithoutPromptTests {

	@Test
	void promptInsideOfAnArgumentDoesNotCountTwice() {
		assertThat(key(new Request("one", "a", Set.of()), "prompt"))
			.isEqualTo(key(new Request("two", "a", Set.of()), "prompt"));
	}

	@Test
	void theRestOfTheArgumentStillCounts() {
		assertThat(key(new Request("one", "a", Set.of()), "prompt"))
			.isNotEqualTo(key(new Request("one", "b", Set.of()), "prompt"))
			.isNotEqualTo(key(new Request("one", "a", Set.of("x")), "prompt"))
			.isNotEqualTo(key(new OtherRequest("one", "a", Set.of()), "prompt"));
	}

	@Test
	void promptThatIsNothingMayBeLeftOutToo() {
		assertThat(key(new Request(null, "a", Set.of()), "prompt"))
			.isEqualTo(key(new Request("one", "a", Set.of()), "prompt"));
	}

	@Test
	void nestedPromptIsLeftOutAndItsSiblingsCount() {
		assertThat(key(new Envelope(new Request("one", "a", Set.of()), 1), "request", "prompt"))
			.isEqualTo(key(new Envelope(new Request("two", "a", Set.of()), 1), "request", "prompt"))
			.isNotEqualTo(key(new Envelope(new Request("one", "b", Set.of()), 1), "request", "prompt"))
			.isNotEqualTo(key(new Envelope(new Request("one", "a", Set.of()), 2), "request", "prompt"));
	}

	@Test
	void promptInsideOfAMapIsLeftOut() {
		assertThat(key(Map.of("prompt", "one", "x", 1), "prompt"))
			.isEqualTo(key(Map.of("prompt", "two", "x", 1), "prompt"))
			.isNotEqualTo(key(Map.of("prompt", "one", "x", 2), "prompt"));
	}

	@Test
	void setsAndNumbersBesideThePromptKeepTheirForm() {
		Set<Object> one = new LinkedHashSet<>(List.of("a", new BigDecimal("0.10000000000000000001"), "c"));
		Set<Object> other = new LinkedHashSet<>(List.of("c", "a", new BigDecimal("0.10000000000000000001")));
		Set<Object> third = new LinkedHashSet<>(List.of("c", "a", new BigDecimal("0.1")));
		assertThat(key(new Request("one", "a", one), "prompt")).isEqualTo(key(new Request("two", "a", other), "prompt"))
			.isNotEqualTo(key(new Request("one", "a", third), "prompt"));
	}

	@Test
	void pathThatIsNotThereIsRefused() {
		Request request = new Request("one", "a", Set.of());
		assertThatIsRefused(request, "question");
		assertThatIsRefused(request, "request", "prompt");
		assertThatIsRefused(request, "model", "prompt");
		assertThatIsRefused(new Envelope(null, 1), "request", "prompt");
		assertThatIsRefused("text", "prompt");
		assertThatIsRefused(null, "prompt");
	}

	private static String key(Object value, String... without) {
		return Keys.ofAll(new Argument("request", value, List.of(without)));
	}

	private static void assertThatIsRefused(Object value, String... without) {
		assertThatExceptionOfType(UncacheableArgumentException.class).isThrownBy(() -> key(value, without))
			.withMessageContaining("'request'");
	}

	record Request(String prompt, String model, Set<?> options) {

	}

	record OtherRequest(String prompt, String model, Set<?> options) {

	}

	record Envelope(Request request, int version) {

	}

}
