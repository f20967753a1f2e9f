package io.github.llmcache.codec;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Types whose values nobody can change, nor anything that they hold: texts, numbers,
 * truth values, points in time, and records and enumerations of nothing else.
 */
final class ImmutableTypes {

	/** Final classes only. */
	private static final Set<Class<?>> SIMPLE = Set.of(String.class, Boolean.class, Character.class, Byte.class,
			Short.class, Integer.class, Long.class, Float.class, Double.class, UUID.class, Instant.class,
			Duration.class, LocalDate.class, LocalTime.class, LocalDateTime.class, OffsetDateTime.class,
			ZonedDateTime.class);

	private static final ClassValue<Boolean> KNOWN = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			return isImmutable(type, new HashSet<>());
		}

	};

	private ImmutableTypes() {
	}

	static boolean contain(Type type) {
		return type instanceof Class<?> plain && KNOWN.get(plain);
	}

	/**
	 * Whether a type is immutable, provided that the types already being looked at are.
	 */
	private static boolean isImmutable(Class<?> type, Set<Class<?>> seen) {
		if (type.isPrimitive() || type.isEnum() || SIMPLE.contains(type) || !seen.add(type)) {
			return true;
		}
		return type.isRecord() && Stream.of(type.getRecordComponents())
			.allMatch((component) -> isImmutable(component.getType(), seen));
	}

}
