package io.github.llmcache.key;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.key.ArgumentTypes.Derived;
import io.github.llmcache.key.ArgumentTypes.Mode;
import io.github.llmcache.key.ArgumentTypes.Money;
import io.github.llmcache.key.ArgumentTypes.Outer;
import io.github.llmcache.key.ArgumentTypes.OwnEntry;
import io.github.llmcache.key.ArgumentTypes.OwnList;
import io.github.llmcache.key.ArgumentTypes.OwnMap;
import io.github.llmcache.key.ArgumentTypes.OwnSet;
import io.github.llmcache.key.ArgumentTypes.Pair;
import io.github.llmcache.key.ArgumentTypes.Quality;
import io.github.llmcache.key.ArgumentTypes.Typed;

/**
 * Makes arguments out of few and nasty values, so that they are often equal or nearly so,
 * and describes each: two are equal exactly if their descriptions are.
 */
final class RandomArguments {

	private static final List<String> TEXTS = List.of("", "a", "b", "1", "1.0", "NaN", "[]", "null", "@class", "@value",
			"java.util.Set", "2026-01-01", "1970-01-01T00:00:00Z", "UTC", "AQ==", "\"", "\ud83d",
			Mode.class.getName() + ".FAST", "java.lang.Long");

	private static final List<Object> SCALARS = List.of(0, 1, 1L, (short) 1, (byte) 1, 1.0f, 1.0, 0.1, -0.0, 0.0,
			Double.NaN, Double.POSITIVE_INFINITY, BigInteger.ONE, BigDecimal.ONE, new BigDecimal("1.0"),
			new BigDecimal("1.00"), new BigDecimal("1E+1"), BigDecimal.TEN, true, false, 'a', '1', Mode.FAST, Mode.SLOW,
			Quality.FAST, LocalDate.of(2026, 1, 1), Instant.EPOCH, Instant.EPOCH.plusNanos(1), new Date(0), new Date(1),
			Duration.ofSeconds(1), Duration.ofSeconds(1, 1), OffsetDateTime.parse("2026-01-01T10:00+01:00"),
			OffsetDateTime.parse("2026-01-01T09:00Z"), ZonedDateTime.parse("2026-01-01T10:00+01:00"),
			ZonedDateTime.parse("2026-01-01T10:00+01:00[Europe/Paris]"), ZoneOffset.UTC, new UUID(0, 1),
			URI.create("a"), new File("a"), Path.of("a"), StandardCharsets.UTF_8, Currency.getInstance("EUR"),
			String.class, Optional.class, new Locale("no", "NO", "NY"), new Locale("nn", "NO"),
			TimeZone.getTimeZone("UTC"), TimeZone.getTimeZone("Europe/Paris"), OptionalInt.empty(), OptionalInt.of(1),
			BitSet.valueOf(new long[] { 1 }), BitSet.valueOf(new long[] { 2 }));

	private final Random random;

	RandomArguments(Random random) {
		this.random = random;
	}

	/**
	 * A value with a description of all that it is.
	 */
	record Sample(@Nullable Object value, Object description) {

	}

	Sample next(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 14 : 3)) {
			case 0 -> text();
			case 1 -> scalar();
			case 2 -> stateful();
			case 3 -> ofElements("List", depth, this::list);
			case 4 -> ofElements("Object[]", depth, Collection::toArray);
			case 5 -> set("Set", depth, (elements) -> elements);
			case 6 -> map("Map", depth, true, (entries) -> entries);
			case 7 -> map("Map", depth, this.random.nextBoolean(), (entries) -> entries);
			case 8 -> of("Pair", Pair::new, next(depth - 1), next(depth - 1));
			case 9 -> of("Derived", Derived::new, next(depth - 1), next(depth - 1));
			case 10 -> nested(depth);
			case 11 -> typed(depth);
			case 12 -> wrapped(depth);
			default -> extended(depth);
		};
	}

	private Sample text() {
		String text = TEXTS.get(this.random.nextInt(TEXTS.size()));
		return (this.random.nextInt(8) == 0) ? new Sample(null, "null") : new Sample(text, List.of("String", text));
	}

	private Sample scalar() {
		Object value = SCALARS.get(this.random.nextInt(SCALARS.size()));
		return new Sample(value, List.of(value.getClass(), value));
	}

	/**
	 * Values of the platform that do not tell all that they are by their text or time.
	 */
	private Sample stateful() {
		int state = this.random.nextInt(2);
		return switch (this.random.nextInt(8)) {
			case 0 -> new Sample(Pattern.compile("a", state), List.of("Pattern", state));
			case 1 -> new Sample(calendar(state), List.of("Calendar", state));
			case 2 -> new Sample(timestamp(state), List.of("Timestamp", state));
			case 3 -> new Sample(address((state == 0) ? "a" : "b"), List.of("InetAddress", state));
			case 4 -> new Sample(properties(state), List.of("Properties", state));
			case 5 -> new Sample(new byte[] { (byte) state }, List.of("byte[]", state));
			case 6 -> new Sample(new int[] { state }, List.of("int[]", state));
			default -> new Sample(new String[] { "" + state }, List.of("String[]", state));
		};
	}

	private static GregorianCalendar calendar(int zone) {
		GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone((zone == 0) ? "UTC" : "Europe/Paris"),
				Locale.ROOT);
		calendar.setTimeInMillis(0);
		return calendar;
	}

	private static Timestamp timestamp(int nanos) {
		Timestamp timestamp = new Timestamp(0);
		timestamp.setNanos(nanos);
		return timestamp;
	}

	private static InetAddress address(String host) {
		try {
			return InetAddress.getByAddress(host, new byte[] { 127, 0, 0, 1 });
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Properties properties(int state) {
		Properties defaults = new Properties();
		defaults.setProperty("a", "" + state);
		return new Properties(defaults);
	}

	private Sample nested(int depth) {
		Sample state = next(depth - 1);
		Outer outer = new Outer(state.value());
		return this.random.nextBoolean() ? new Sample(outer.inner(), List.of("Inner", state.description()))
				: new Sample(Outer.anonymous(state.value()), List.of("anonymous", state.description()));
	}

	private Sample typed(int depth) {
		Sample any = next(depth - 1);
		Sample elements = set("Set", depth, (set) -> set);
		Mode mode = this.random.nextBoolean() ? Mode.FAST : null;
		long number = this.random.nextInt(2);
		Optional<?> optional = this.random.nextBoolean() ? Optional.empty() : null;
		return new Sample(new Typed(number, mode, (Set<?>) elements.value(), optional, any.value()), Arrays.asList(
				"Typed", number, mode, elements.description(), (optional != null) ? "empty" : "", any.description()));
	}

	private Sample wrapped(int depth) {
		Sample element = next(depth - 1);
		Object value = element.value();
		if (value == null) {
			return new Sample(Optional.empty(), "empty");
		}
		return switch (this.random.nextInt(3)) {
			case 0 -> new Sample(Optional.of(value), List.of("Optional", element.description()));
			case 1 -> new Sample(new ArrayDeque<>(List.of(value)), List.of("ArrayDeque", element.description()));
			default -> new Sample(Map.entry("a", value), List.of("Entry", "a", element.description()));
		};
	}

	/**
	 * Classes of the application that extend those of the platform.
	 */
	private Sample extended(int depth) {
		String own = this.random.nextBoolean() ? "EUR" : "JPY";
		return switch (this.random.nextInt(5)) {
			case 0 -> new Sample(new Money(5, own), List.of("Money", own));
			case 1 -> ofElements("OwnList" + own, depth, (elements) -> new OwnList(elements, own));
			case 2 -> set("OwnSet" + own, depth, (elements) -> new OwnSet(own, elements));
			case 3 -> map("OwnMap" + own, depth, true, (entries) -> new OwnMap(own, entries));
			default -> of("OwnEntry" + own, (key, value) -> new OwnEntry(key, value, own), next(0), next(depth - 1));
		};
	}

	private static Sample of(String name, BiFunction<Object, Object, Object> constructor, Sample one, Sample other) {
		return new Sample(constructor.apply(one.value(), other.value()),
				List.of(name, one.description(), other.description()));
	}

	private Sample ofElements(String name, int depth, Function<List<Object>, Object> constructor) {
		List<Object> elements = new ArrayList<>();
		List<Object> description = new ArrayList<>(List.of(name));
		for (int i = this.random.nextInt(3); i > 0; i--) {
			Sample element = next(depth - 1);
			elements.add(element.value());
			description.add(element.description());
		}
		return new Sample(constructor.apply(elements), description);
	}

	private Object list(List<Object> elements) {
		return this.random.nextBoolean() ? elements : Arrays.asList(elements.toArray());
	}

	/**
	 * By identity, because some of the values are equal to others that differ in their
	 * own fields.
	 */
	private Sample set(String name, int depth, Function<Set<Object>, Object> constructor) {
		Set<Object> elements = Collections.newSetFromMap(new IdentityHashMap<>());
		Set<Object> description = new HashSet<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			Sample element = next(depth - 1);
			if (description.add(element.description())) {
				elements.add(element.value());
			}
		}
		return new Sample(constructor.apply(elements), List.of(name, description));
	}

	private Sample map(String name, int depth, boolean texts, Function<Map<Object, Object>, Object> constructor) {
		Map<Object, Sample> byDescription = new HashMap<>();
		Map<Object, Object> description = new HashMap<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			Sample key = texts ? new Sample("a", "") : next(depth - 1);
			if (texts) {
				String text = TEXTS.get(this.random.nextInt(TEXTS.size()));
				key = new Sample(text, List.of("String", text));
			}
			Sample value = next(depth - 1);
			byDescription.put(key.description(), new Sample(key.value(), value));
			description.put(key.description(), value.description());
		}
		List<Sample> entries = new ArrayList<>(byDescription.values());
		Collections.shuffle(entries, this.random);
		Map<Object, Object> map = texts ? new LinkedHashMap<>() : new IdentityHashMap<>();
		entries.forEach((entry) -> map.put(entry.value(), ((Sample) entry.description()).value()));
		return new Sample(constructor.apply(map), List.of(name, description));
	}

}
