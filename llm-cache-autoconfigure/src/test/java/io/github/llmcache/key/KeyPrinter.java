package io.github.llmcache.key;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Prints the keys of some calls, also in a JVM of its own.
 */
final class KeyPrinter {

	private KeyPrinter() {
	}

	public static void main(String[] args) {
		keys().forEach(System.out::println);
	}

	static List<String> keys() {
		List<String> keys = new ArrayList<>();
		keys.add(Keys.key("task", "java.lang.String", null, null, null).toString());
		keys.add(Keys.key("task", "java.lang.String", "model", "template", "Mandant Ä").toString());
		keys.add(Keys.key(new CacheIdentity("task", "type", null, null, null, List.of()), "", "Wieso? 😀 \ud83d")
			.toString());
		for (Object argument : arguments()) {
			keys.add(Keys.of(argument));
		}
		keys.add(Keys.ofAll(new Argument("b", arguments()),
				new Argument("a", new Options(arguments()), List.of("text"))));
		return keys;
	}

	private static List<Object> arguments() {
		return Arrays.asList(null, "text", 1, 0.1, new BigDecimal("1.10"), true, DayOfWeek.FRIDAY, Locale.GERMANY,
				Optional.of("x"), new byte[] { 1, 2, 3 }, new int[] { 1, 2 }, Duration.ofMillis(1500), Instant.EPOCH,
				new Date(0), ZonedDateTime.parse("2026-11-01T12:00+01:00[Europe/Berlin]"),
				Set.of("a", "b", "c", "d", "e", "f"), new HashSet<>(Set.of(DayOfWeek.values())),
				Map.of("z", 1, "y", Set.of(3, 2, 1), "x", Map.of("b", "c", "d", "e")),
				Map.of(DayOfWeek.FRIDAY, 1, DayOfWeek.MONDAY, 2), new Options(Set.of("x", "y", "z")));
	}

	record Options(String text, Object value) {

		Options(Object value) {
			this("text", value);
		}

	}

}
