package io.github.llmcache.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Copies decoded answers that consist of records, lists, sets, maps and immutable values,
 * which takes a fraction of the time that reading them does. A copy shares with the
 * original what nobody can change, and nothing else.
 */
final class DecodedCopies {

	/** Of exactly these classes: others may extend them. */
	private static final Set<Class<?>> NUMBERS = Set.of(BigDecimal.class, BigInteger.class);

	private static final Set<Class<?>> UNMODIFIABLE = Set.of(List.of().getClass(), List.of(1).getClass(),
			Set.of().getClass(), Set.of(1).getClass());

	private static final ClassValue<RecordParts> RECORDS = new ClassValue<>() {

		@Override
		protected RecordParts computeValue(Class<?> type) {
			return RecordParts.of(type);
		}

	};

	private DecodedCopies() {
	}

	/**
	 * A value to be copied later, as often as wanted.
	 * @param value the value, which its owner may change from now on
	 * @return an equal one; {@code null} if there is no copy that is exactly like it
	 */
	static @Nullable Object original(Object value) {
		try {
			if (!isCopyable(value, Collections.newSetFromMap(new IdentityHashMap<>()))) {
				return null;
			}
			// a constructor may change what it is given
			Object copy = copy(value);
			return (RoundTrip.difference(value, copy) == null) ? copy : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Copy an {@link #original}.
	 */
	static Object copy(Object original) {
		if (original instanceof ArrayList<?> list) {
			List<@Nullable Object> copy = new ArrayList<>(list.size());
			for (Object element : list) {
				copy.add(part(element));
			}
			return copy;
		}
		if (original instanceof LinkedHashMap<?, ?> map) {
			Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
			map.forEach((key, value) -> copy.put(key, part(value)));
			return copy;
		}
		if (original instanceof LinkedHashSet<?> set) {
			return new LinkedHashSet<>(set);
		}
		return (original instanceof Record && !ImmutableTypes.contain(original.getClass()))
				? RECORDS.get(original.getClass()).copy(original) : original;
	}

	private static @Nullable Object part(@Nullable Object original) {
		return (original != null) ? copy(original) : null;
	}

	/**
	 * Whether there is a copy of the same classes, and no part of the value that may be
	 * changed occurs in it twice: in its copy, that would be two.
	 */
	private static boolean isCopyable(@Nullable Object value, Set<Object> seen) {
		if (isImmutable(value)) {
			return true;
		}
		if (value == null || !seen.add(value)) {
			return false;
		}
		if (value instanceof Record) {
			return RECORDS.get(value.getClass()).isCopyable(value, seen);
		}
		if (value.getClass() == ArrayList.class) {
			return areCopyable((List<?>) value, seen);
		}
		if (value.getClass() == LinkedHashMap.class) {
			Map<?, ?> map = (Map<?, ?>) value;
			return areImmutable(map.keySet()) && areCopyable(map.values(), seen);
		}
		return value.getClass() == LinkedHashSet.class && areImmutable((Set<?>) value);
	}

	private static boolean areCopyable(Collection<?> values, Set<Object> seen) {
		for (Object value : values) {
			if (!isCopyable(value, seen)) {
				return false;
			}
		}
		return true;
	}

	private static boolean areImmutable(Collection<?> values) {
		for (Object value : values) {
			if (!isImmutable(value)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isImmutable(@Nullable Object value) {
		return value == null || ImmutableTypes.contain(value.getClass()) || NUMBERS.contains(value.getClass())
				|| (UNMODIFIABLE.contains(value.getClass()) && areImmutable((Collection<?>) value));
	}

	/**
	 * What a record is made of, and by.
	 *
	 * @param fields its fields, in the order of its header
	 * @param constructor the canonical one; {@code null} if it may not be called
	 */
	private record RecordParts(List<Field> fields, @Nullable Constructor<?> constructor) {

		static RecordParts of(Class<?> type) {
			try {
				List<Field> fields = new ArrayList<>();
				List<Class<?>> types = new ArrayList<>();
				for (RecordComponent component : type.getRecordComponents()) {
					fields.add(type.getDeclaredField(component.getName()));
					types.add(component.getType());
				}
				Constructor<?> constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
				boolean accessible = constructor.trySetAccessible()
						&& fields.stream().allMatch(Field::trySetAccessible);
				return new RecordParts(fields, accessible ? constructor : null);
			}
			catch (ReflectiveOperationException ex) {
				return new RecordParts(List.of(), null);
			}
		}

		boolean isCopyable(Object value, Set<Object> seen) {
			if (this.constructor == null) {
				return false;
			}
			for (Field field : this.fields) {
				if (!DecodedCopies.isCopyable(ValueState.read(field, value), seen)) {
					return false;
				}
			}
			return true;
		}

		Object copy(Object original) {
			@Nullable Object[] values = new Object[this.fields.size()];
			for (int i = 0; i < values.length; i++) {
				values[i] = part(ValueState.read(this.fields.get(i), original));
			}
			try {
				return Objects.requireNonNull(this.constructor).newInstance(values);
			}
			catch (ReflectiveOperationException ex) {
				throw new PayloadException("The record " + original.getClass().getName() + " refuses its own values",
						ex);
			}
		}

	}

}
