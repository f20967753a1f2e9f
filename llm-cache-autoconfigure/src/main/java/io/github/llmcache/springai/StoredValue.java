package io.github.llmcache.springai;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ObjectUtils;

/**
 * A value of a response's metadata, in a form that comes back from JSON as the class that
 * it was: a simple value, or a list or map of these; {@code null} if it has none of the
 * three.
 *
 * @param type the class of a simple value
 * @param text a simple value as text
 * @param elements what a list holds
 * @param entries what a map holds
 */
record StoredValue(@Nullable Type type, @Nullable String text, @Nullable List<StoredValue> elements,
		@Nullable Map<String, StoredValue> entries) {

	/**
	 * Store a value.
	 * @return the value, or {@code null} if it is, or holds, what cannot be restored
	 */
	static @Nullable StoredValue of(@Nullable Object value) {
		if (value == null) {
			return new StoredValue(null, null, null, null);
		}
		if (value instanceof List<?> list) {
			return ofList(list);
		}
		if (value instanceof Map<?, ?> map) {
			return ofMap(map);
		}
		if (value instanceof Enum<?> constant) {
			return new StoredValue(Type.ENUM, StoredConstant.write(constant), null, null);
		}
		for (Type type : Type.values()) {
			if (type.valueClass == value.getClass()) {
				return new StoredValue(type, type.write(value), null, null);
			}
		}
		return null;
	}

	private static @Nullable StoredValue ofList(List<?> list) {
		List<StoredValue> elements = new ArrayList<>();
		for (Object element : list) {
			StoredValue stored = of(element);
			if (stored == null) {
				return null;
			}
			elements.add(stored);
		}
		return new StoredValue(null, null, elements, null);
	}

	private static @Nullable StoredValue ofMap(Map<?, ?> map) {
		Map<String, StoredValue> entries = new LinkedHashMap<>();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			StoredValue stored = of(entry.getValue());
			if (stored == null || !(entry.getKey() instanceof String key)) {
				return null;
			}
			entries.put(key, stored);
		}
		return new StoredValue(null, null, null, entries);
	}

	/**
	 * Store what can be restored of some metadata.
	 */
	static Map<String, StoredValue> ofAll(Collection<Map.Entry<String, Object>> metadata) {
		Map<String, StoredValue> values = new TreeMap<>();
		for (Map.Entry<String, Object> entry : metadata) {
			StoredValue stored = of(entry.getValue());
			if (stored != null) {
				values.put(entry.getKey(), stored);
			}
		}
		return values;
	}

	/**
	 * Whether nothing of the metadata is left out that holds several values: these belong
	 * to the answer, such as citations. Other objects describe the call.
	 */
	static boolean keepsContent(Collection<Map.Entry<String, Object>> metadata) {
		return metadata.stream()
			.map(Map.Entry::getValue)
			.filter((value) -> value instanceof Iterable || value instanceof Map || ObjectUtils.isArray(value))
			.allMatch((value) -> of(value) != null);
	}

	static Map<String, Object> restoreAll(Map<String, StoredValue> values) {
		Map<String, Object> metadata = new LinkedHashMap<>();
		values.forEach((name, value) -> metadata.put(name, value.restore()));
		return metadata;
	}

	// lists and maps of Spring AI are declared to hold no null, and hold some
	@SuppressWarnings("NullAway")
	private Object restore() {
		if (this.type != null && this.text != null) {
			return this.type.read(this.text);
		}
		if (this.elements != null) {
			List<Object> list = new ArrayList<>();
			this.elements.forEach((element) -> list.add(element.restore()));
			return Collections.unmodifiableList(list);
		}
		return (this.entries != null) ? Collections.unmodifiableMap(restoreAll(this.entries)) : null;
	}

	/**
	 * Classes of simple values.
	 */
	enum Type {

		TEXT(String.class, (text) -> text),

		BOOLEAN(Boolean.class, Boolean::valueOf),

		INTEGER(Integer.class, Integer::valueOf),

		LONG(Long.class, Long::valueOf),

		FLOAT(Float.class, Float::valueOf),

		DOUBLE(Double.class, Double::valueOf),

		DURATION(Duration.class, Duration::parse),

		INSTANT(Instant.class, Instant::parse),

		OFFSET_DATE_TIME(OffsetDateTime.class, OffsetDateTime::parse),

		BIG_INTEGER(BigInteger.class, BigInteger::new),

		BIG_DECIMAL(BigDecimal.class, BigDecimal::new),

		URI(URI.class, java.net.URI::create),

		UUID(UUID.class, java.util.UUID::fromString),

		ENUM(Enum.class, StoredConstant::read),

		BYTES(byte[].class, Base64.getDecoder()::decode);

		private final transient Class<?> valueClass;

		private final transient Function<String, Object> reader;

		Type(Class<?> valueClass, Function<String, Object> reader) {
			this.valueClass = valueClass;
			this.reader = reader;
		}

		private String write(Object value) {
			return (value instanceof byte[] bytes) ? Base64.getEncoder().encodeToString(bytes) : value.toString();
		}

		private Object read(String text) {
			return this.reader.apply(text);
		}

	}

}
