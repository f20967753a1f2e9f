package io.github.llmcache.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

import io.github.llmcache.annotation.LlmCacheIgnore;
import io.github.llmcache.key.ArgumentTypes.Money;
import io.github.llmcache.key.ArgumentTypes.Outer;
import io.github.llmcache.key.ArgumentTypes.OwnEntry;
import io.github.llmcache.key.ArgumentTypes.OwnList;
import io.github.llmcache.key.ArgumentTypes.OwnMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CanonicalJson}: which arguments are equal, and which are not.
 */
class CanonicalArgumentTests {

	@Test
	void orderOfMapEntriesDoesNotMatter() {
		Map<String, Integer> one = new LinkedHashMap<>();
		Map<String, Integer> other = new LinkedHashMap<>();
		for (int i = 0; i < 20; i++) {
			one.put("key" + i, i);
			other.put("key" + (19 - i), 19 - i);
		}
		assertThat(distinct(Keys.of(one), Keys.of(other), Keys.of(new HashMap<>(one)), Keys.of(Map.copyOf(one)),
				Keys.of(new TreeMap<>(one))))
			.hasSize(1);
		assertThat(Keys.of(one)).isNotEqualTo(Keys.of(Map.of("key0", 0)));
	}

	@Test
	void orderOfSetElementsDoesNotMatter() {
		List<String> elements = List.of("Aa", "BB", "C", "AaAa", "BBBB", "AaBB", "BBAa");
		List<String> reversed = new ArrayList<>(elements);
		Collections.reverse(reversed);
		assertThat(distinct(Keys.of(new HashSet<>(elements)), Keys.of(new HashSet<>(reversed)),
				Keys.of(new LinkedHashSet<>(elements)), Keys.of(new LinkedHashSet<>(reversed)),
				Keys.of(Set.copyOf(elements)), Keys.of(new TreeSet<>(elements)),
				Keys.of(Collections.unmodifiableSet(new HashSet<>(elements)))))
			.hasSize(1);
	}

	@Test
	void orderOfSetsInsideOfObjectsDoesNotMatter() {
		Set<Object> one = new LinkedHashSet<>(List.of(new Point(1, 2), new Point(3, 4), Set.of("a", "b")));
		Set<Object> other = new LinkedHashSet<>(List.of(Set.of("b", "a"), new Point(3, 4), new Point(1, 2)));
		assertThat(Keys.of(new Holder(one))).isEqualTo(Keys.of(new Holder(other)));
		assertThat(Keys.of(new Holder(one))).isNotEqualTo(Keys.of(new Holder(Set.of(new Point(1, 2)))));
	}

	@Test
	void orderOfListElementsMatters() {
		assertThat(Keys.of(List.of("a", "b"))).isNotEqualTo(Keys.of(List.of("b", "a")));
		assertThat(distinct(Keys.of(List.of("a", "b")), Keys.of(new ArrayList<>(List.of("a", "b"))),
				Keys.of(new LinkedList<>(List.of("a", "b"))), Keys.of(Arrays.asList("a", "b"))))
			.hasSize(1);
	}

	static List<List<Object>> different() {
		List<Object> withNull = new ArrayList<>();
		withNull.add(null);
		return List.of(List.of(new Point(1, 2), new Size(1, 2), new Point(2, 1), Map.of("x", 1, "y", 2)),
				List.of(new Base("a"), new Derived("a", null), new Derived("a", "b"), new SameFields("a")),
				List.of(Mode.FAST, Mode.SLOW, Quality.FAST, "FAST"), List.of(TimeUnit.SECONDS, ChronoUnit.SECONDS),
				List.of(List.of(), List.of(""), List.of(List.of()), withNull, ""),
				List.of(List.of("a", "b"), List.of("ab"), List.of("a,b"), List.of("a\",\"b")),
				List.of(new BigDecimal("0.1"), new BigDecimal("0.1000000000000000000001")),
				List.of(1, 2, -1, 1.5, Long.MAX_VALUE, Double.NaN, Double.POSITIVE_INFINITY),
				List.of(0.1, 0.1f + 0.1, Math.nextUp(0.1)), List.of(new byte[] { 1 }, new byte[] { 1, 0 }, new byte[0]),
				List.of(Locale.GERMAN, Locale.GERMANY, Locale.forLanguageTag("de-CH-1901")),
				List.of(Optional.of("a"), Optional.of("b"), Optional.empty()),
				List.of(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 2, 1)),
				List.of(Instant.EPOCH, Instant.EPOCH.plusNanos(1), Instant.EPOCH.plusMillis(1)),
				List.of(Duration.ofSeconds(1), Duration.ofSeconds(1, 1)),
				List.of(ZonedDateTime.parse("2026-01-01T10:00+01:00[Europe/Berlin]"),
						ZonedDateTime.parse("2026-01-01T10:00+01:00[Europe/Paris]")),
				List.of(new Hidden("a"), new Hidden("b")), List.of(new Private("a"), new Private("b")),
				List.of(new Renamed("a", "b"), new Renamed("b", "a")), List.of('a', "b", "c"),
				List.of(Map.of(Mode.FAST, 1), Map.of(Quality.FAST, 1)), List.of(Optional.class, String.class),
				List.of(Map.of("a", Map.of()), Map.of("a", List.of())),
				List.of(1, 1L, (short) 1, (byte) 1, 1.0, 1f, BigDecimal.ONE, BigInteger.ONE, "1", '1'),
				List.of(Map.of(new Masked("a"), 1), Map.of(new Masked("b"), 1), Map.of("***", 1),
						Collections.singletonMap(null, 1), Map.of("null", 1)),
				List.of(List.of("a"), Set.of("a"), new String[] { "a" }, new Object[] { "a" }, Optional.of("a"),
						new ArrayDeque<>(List.of("a"))),
				List.of(new TreeMap<>(Map.of("a", 1)), caseInsensitive(), new TreeMap<>(Collections.reverseOrder())),
				List.of(Map.entry("a", 1), Map.of("a", 1), new OwnEntry("a", 1, "x"), new OwnEntry("a", 1, "y")),
				List.of(new Money(5, "EUR"), new Money(5, "JPY"), 5),
				List.of(new OwnMap("EUR", Map.of()), new OwnMap("JPY", Map.of()), Map.of()),
				List.of(new OwnList(List.of(), "EUR"), new OwnList(List.of(), "JPY"), List.of()),
				List.of(new Outer("a").inner(), new Outer("b").inner()),
				List.of(Outer.anonymous("a"), Outer.anonymous("b")),
				List.of(Pattern.compile("a"), Pattern.compile("a", Pattern.CASE_INSENSITIVE), "a"),
				List.of(new Point(1, 2), Map.of("@class", Point.class.getName(), "x", 1, "y", 2)),
				List.of(JsonNodeFactory.instance.objectNode().put("a", 1L),
						JsonNodeFactory.instance.objectNode().put("a", 1), Map.of("a", 1),
						JsonNodeFactory.instance.nullNode()));
	}

	@ParameterizedTest
	@MethodSource("different")
	void differentArgumentsMakeDifferentKeys(List<Object> arguments) {
		assertThat(arguments.stream().map(Keys::of)).doesNotHaveDuplicates();
		assertThat(arguments.stream().map(Holder::new).map(Keys::of)).doesNotHaveDuplicates();
		assertThat(arguments.stream().map(List::of).map(Keys::of)).doesNotHaveDuplicates();
		assertThat(arguments.stream().map(Set::of).map(Keys::of)).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("different")
	void sameArgumentMakesTheSameKey(List<Object> arguments) {
		for (Object argument : arguments) {
			assertThat(Keys.of(argument)).isEqualTo(Keys.of(argument));
		}
	}

	@Test
	void enumSetsAreSets() {
		assertThat(Keys.of(EnumSet.allOf(Mode.class))).isEqualTo(Keys.of(Set.of(Mode.SLOW, Mode.FAST)));
	}

	@Test
	void enumsAreWrittenByNameNotByText() {
		assertThat(Keys.of(Quality.FAST)).isNotEqualTo(Keys.of(Quality.BEST));
	}

	@Test
	void ignoredFieldsAndComponentsDoNotCount() {
		assertThat(Keys.of(new Traced("a", "trace 1"))).isEqualTo(Keys.of(new Traced("a", "trace 2")));
		assertThat(Keys.of(new Traced("a", "trace 1"))).isNotEqualTo(Keys.of(new Traced("b", "trace 1")));
		assertThat(Keys.of(new TracedBean("a", "trace 1"))).isEqualTo(Keys.of(new TracedBean("a", "trace 2")));
		assertThat(Keys.of(new TracedBean("a", "trace 1"))).isNotEqualTo(Keys.of(new TracedBean("b", "trace 1")));
	}

	@Test
	void transientFieldsDoNotCount() {
		assertThat(Keys.of(new Remembering("a", 1))).isEqualTo(Keys.of(new Remembering("a", 2)));
		assertThat(Keys.of(new Remembering("a", 1))).isNotEqualTo(Keys.of(new Remembering("b", 1)));
	}

	private static Set<String> distinct(String... digests) {
		return new HashSet<>(Arrays.asList(digests));
	}

	private static TreeMap<String, Integer> caseInsensitive() {
		TreeMap<String, Integer> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		map.put("a", 1);
		return map;
	}

	record Masked(String value) {

		@Override
		public String toString() {
			return "***";
		}

	}

	record Point(int x, int y) {

	}

	record Size(int x, int y) {

	}

	record Holder(Object value) {

	}

	record Hidden(@JsonIgnore String value) {

	}

	record Traced(String value, @LlmCacheIgnore String traceId) {

	}

	record Renamed(@JsonProperty("b") String a, @JsonProperty("a") String b) {

	}

	enum Mode {

		FAST, SLOW

	}

	enum Quality {

		FAST, BEST;

		@Override
		public String toString() {
			return "quality";
		}

	}

	static class Base {

		@JsonIgnore
		private final String name;

		Base(String name) {
			this.name = name;
		}

	}

	static class Derived extends Base {

		final String other;

		Derived(String name, String other) {
			super(name);
			this.other = other;
		}

	}

	static class SameFields {

		private final String name;

		SameFields(String name) {
			this.name = name;
		}

	}

	static class Private {

		private final String value;

		Private(String value) {
			this.value = value;
		}

	}

	static class TracedBean {

		private final String value;

		@LlmCacheIgnore
		private final String traceId;

		TracedBean(String value, String traceId) {
			this.value = value;
			this.traceId = traceId;
		}

	}

	static class Remembering {

		private final String value;

		private final transient int hash;

		Remembering(String value, int hash) {
			this.value = value;
			this.hash = hash;
		}

	}

}
