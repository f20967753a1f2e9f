package io.github.llmcache.codec;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Makes answers of types that JSON restores, and of such that it does not always restore.
 */
final class RandomAnswers {

	private final Random random;

	RandomAnswers(Random random) {
		this.random = random;
	}

	/**
	 * An answer and its declared type.
	 */
	record Sample(Object value, Type type) {

	}

	/**
	 * Reports all its fields, whatever its JSON and its {@code equals} say.
	 */
	interface Described {

		List<Object> fields();

	}

	Sample next() {
		return switch (this.random.nextInt(18)) {
			case 0 -> new Sample(text(), String.class);
			case 1 -> new Sample(numbers(), Numbers.class);
			case 2 -> new Sample(times(), Times.class);
			case 3 -> new Sample(list(this::times), type(new ParameterizedTypeReference<List<Times>>() {
			}));
			case 4 -> new Sample(map(this::numbers), type(new ParameterizedTypeReference<Map<String, Numbers>>() {
			}));
			case 5 ->
				new Sample(new LinkedHashSet<>(list(this::text)), type(new ParameterizedTypeReference<Set<String>>() {
				}));
			case 6 -> new Sample(new HashSet<>(list(this::hidden)), type(new ParameterizedTypeReference<Set<Hidden>>() {
			}));
			case 7 -> new Sample(Optional.of(hidden()), type(new ParameterizedTypeReference<Optional<Hidden>>() {
			}));
			case 8 -> new Sample(new Masked(pick("a", "***"), pick(1.25, 1.0)), Masked.class);
			case 9 -> new Sample(new Cut(time()), Cut.class);
			case 10 -> new Sample(new Box(pick(1, 1L, "a", 1.5, true, BigDecimal.ONE, list(this::text))), Box.class);
			case 11 -> new Sample(subclass(), Parent.class);
			case 12 -> new Sample(new OwnList(list(this::text), pick("", "x")),
					type(new ParameterizedTypeReference<List<String>>() {
					}));
			case 13 -> new Sample(timestamp(), Timestamp.class);
			case 14 -> new Sample(calendar(), GregorianCalendar.class);
			case 15 -> new Sample(sorted(), type(new ParameterizedTypeReference<Map<String, String>>() {
			}));
			case 16 -> new Sample(new byte[][] { { (byte) this.random.nextInt(2) }, {} }, byte[][].class);
			default -> new Sample(list(this::anonymousHidden), type(new ParameterizedTypeReference<List<Hidden>>() {
			}));
		};
	}

	/**
	 * All that an answer is.
	 */
	static Object describe(@Nullable Object value) {
		if (value instanceof Described described) {
			return List.of(value.getClass(), describe(described.fields()));
		}
		if (value instanceof OwnList list && !list.own.isEmpty()) {
			return List.of(list.own, new ArrayList<>(list));
		}
		if (value instanceof TreeMap<?, ?> map && map.comparator() != null) {
			return List.of(map.comparator().getClass(), new LinkedHashMap<>(map));
		}
		if (value instanceof Set<?> set) {
			Set<Object> elements = new HashSet<>();
			set.forEach((element) -> elements.add(describe(element)));
			return elements;
		}
		if (value instanceof List<?> list) {
			return list.stream().map(RandomAnswers::describe).toList();
		}
		if (value instanceof Map<?, ?> map) {
			Map<Object, Object> entries = new LinkedHashMap<>();
			map.forEach((key, element) -> entries.put(key, describe(element)));
			return entries;
		}
		if (value instanceof Optional<?> optional) {
			return List.of("Optional", describe(optional.orElse(null)));
		}
		if (value instanceof byte[][] bytes) {
			return Arrays.deepToString(bytes);
		}
		return (value != null) ? List.of(value.getClass(), value) : "null";
	}

	private String text() {
		return pick("", "a", "\u0000\ud83d\ude00", "null", "1");
	}

	private Numbers numbers() {
		return new Numbers(this.random.nextInt(3), pick(0L, Long.MAX_VALUE), pick(0.1, -0.0, 1e300, Double.NaN),
				pick(0.1f, Float.NEGATIVE_INFINITY), pick(new BigDecimal("1.10"), new BigDecimal("1E+3"), null),
				this.random.nextBoolean(), pick('a', '"'));
	}

	private Times times() {
		return new Times(time(), pick(Instant.EPOCH.plusNanos(1), Instant.EPOCH), new Date(pick(1L, 86_399_999L)),
				OffsetDateTime
					.parse(pick("2026-01-01T10:00+01:00", "2026-01-01T09:00Z", "2026-01-01T09:00:00.5-11:30")),
				ZonedDateTime.parse(pick("2026-01-01T10:00+01:00[Europe/Paris]", "2026-01-01T10:00+01:00",
						"2026-10-25T02:30+01:00[Europe/Paris]", "2026-10-25T02:30+02:00[Europe/Paris]",
						"2026-01-01T10:00Z[UTC]", "2026-01-01T10:00Z")),
				Duration.ofNanos(pick(0L, 1L, 1_500_000_000L)));
	}

	private LocalDateTime time() {
		return LocalDateTime.parse(pick("2026-01-01T10:00", "2026-01-01T10:00:01", "2026-01-01T10:00:00.000000001"));
	}

	private Hidden hidden() {
		return new Hidden(text(), pick(null, "secret"), pick(0, 1), pick(0.0, 0.5));
	}

	private Hidden anonymousHidden() {
		return (this.random.nextInt(4) == 0) ? new Hidden("a", null, 0, 0) {
		} : hidden();
	}

	private Parent subclass() {
		Child child = new Child();
		child.text = text();
		child.own = pick(0, 1);
		Parent parent = new Parent();
		parent.text = text();
		return pick(parent, child);
	}

	private Timestamp timestamp() {
		Timestamp timestamp = new Timestamp(0);
		timestamp.setNanos(pick(0, 1, 1_000_000));
		return timestamp;
	}

	private GregorianCalendar calendar() {
		return new GregorianCalendar(TimeZone.getTimeZone(pick("UTC", "Europe/Paris")), Locale.ROOT);
	}

	private Map<String, String> sorted() {
		TreeMap<String, String> map = new TreeMap<>(
				this.random.nextBoolean() ? null : pick(String.CASE_INSENSITIVE_ORDER, Collections.reverseOrder()));
		map.put("a", "1");
		map.put("b", "2");
		return map;
	}

	private <T> List<T> list(Supplier<T> elements) {
		List<T> list = new ArrayList<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			list.add(elements.get());
		}
		return list;
	}

	private <T> Map<String, T> map(Supplier<T> values) {
		Map<String, T> map = new LinkedHashMap<>();
		list(values).forEach((value) -> map.put(text(), value));
		return map;
	}

	@SafeVarargs
	private <T> T pick(T... values) {
		return values[this.random.nextInt(values.length)];
	}

	private static Type type(ParameterizedTypeReference<?> reference) {
		return reference.getType();
	}

	record Numbers(int integer, Long big, double decimal, Float small, @Nullable BigDecimal exact, boolean truth,
			char letter) implements Described {

		@Override
		public List<Object> fields() {
			return Arrays.asList(this.integer, this.big, this.decimal, this.small, this.exact, this.truth, this.letter);
		}

	}

	record Times(LocalDateTime local, Instant instant, Date date, OffsetDateTime offset, ZonedDateTime zoned,
			Duration duration) implements Described {

		@Override
		public List<Object> fields() {
			return List.of(this.local, this.instant, this.date, this.offset, this.zoned, this.duration);
		}

	}

	record Cut(@JsonFormat(pattern = "yyyy-MM-dd'T'HH:mm") LocalDateTime time) implements Described {

		@Override
		public List<Object> fields() {
			return List.of(this.time);
		}

	}

	record Masked(@JsonSerialize(using = Mask.class) String text,
			@JsonSerialize(using = Round.class) double share) implements Described {

		@Override
		public List<Object> fields() {
			return List.of(this.text, this.share);
		}

	}

	record Box(Object content) implements Described {

		@Override
		public List<Object> fields() {
			return List.of(this.content);
		}

	}

	static class Hidden implements Described {

		@JsonProperty
		private final String text;

		@JsonIgnore
		private final @Nullable String secret;

		@JsonIgnore
		private final int number;

		@JsonIgnore
		private final double decimal;

		Hidden(@JsonProperty("text") String text) {
			this(text, null, 0, 0);
		}

		Hidden(String text, @Nullable String secret, int number, double decimal) {
			this.text = text;
			this.secret = secret;
			this.number = number;
			this.decimal = decimal;
		}

		@Override
		public List<Object> fields() {
			return Arrays.asList(this.text, this.secret, this.number, this.decimal);
		}

	}

	static class Parent implements Described {

		public String text = "";

		@Override
		public List<Object> fields() {
			return List.of(this.text);
		}

	}

	static final class Child extends Parent {

		@JsonIgnore
		public int own;

		@Override
		public List<Object> fields() {
			return List.of(this.text, this.own);
		}

	}

	static final class OwnList extends ArrayList<String> {

		private static final long serialVersionUID = 1;

		private final String own;

		OwnList(List<String> elements, String own) {
			super(elements);
			this.own = own;
		}

	}

	static final class Mask extends ValueSerializer<String> {

		@Override
		public void serialize(String value, JsonGenerator generator, SerializationContext context) {
			generator.writeString("***");
		}

	}

	static final class Round extends ValueSerializer<Double> {

		@Override
		public void serialize(Double value, JsonGenerator generator, SerializationContext context) {
			generator.writeNumber(Math.rint(value));
		}

	}

}
