package io.github.llmcache.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.platform.PlatformState;

/**
 * What makes up a value besides the elements of a container.
 */
final class ValueState {

	/**
	 * These are equal if they are the same object; or, an address, if the network says
	 * so.
	 */
	private static final Set<Class<?>> TEXTS = Set.of(AtomicBoolean.class, AtomicInteger.class, AtomicLong.class,
			StringBuilder.class, StringBuffer.class, URL.class);

	private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {

		@Override
		protected List<Field> computeValue(Class<?> type) {
			List<Field> fields = new ArrayList<>();
			for (Class<?> current = type; !PlatformState.isPlatform(current); current = current.getSuperclass()) {
				for (Field field : current.getDeclaredFields()) {
					if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
						fields.add(field);
					}
				}
			}
			return List.copyOf(fields);
		}

	};

	private ValueState() {
	}

	/**
	 * Whether two values of a class of the platform are equal if their texts are.
	 */
	static boolean isText(Class<?> type) {
		return TEXTS.contains(type);
	}

	/**
	 * The fields of a class and its superclasses that are not of the platform, except
	 * transient ones, which nobody expects to be stored.
	 */
	static List<Field> fields(Class<?> type) {
		return FIELDS.get(type);
	}

	/**
	 * Whether the fields are all that an object of the class is, or its elements are the
	 * rest.
	 */
	static boolean isAllOf(Class<?> type) {
		Class<?> inherited = type;
		while (!PlatformState.isPlatform(inherited)) {
			inherited = inherited.getSuperclass();
		}
		return inherited == Object.class || inherited == Record.class || inherited == Number.class
				|| Collection.class.isAssignableFrom(inherited) || Map.class.isAssignableFrom(inherited)
				|| Map.Entry.class.isAssignableFrom(inherited);
	}

	static @Nullable Object read(Field field, Object object) {
		if (!field.trySetAccessible()) {
			throw new IllegalStateException(
					field.getDeclaringClass().getName() + "." + field.getName() + " cannot be read");
		}
		try {
			return field.get(object);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Whether two containers agree on the order of their elements, and on what they look
	 * up elsewhere.
	 */
	static boolean sameOrder(Object container, Object copy) {
		Comparator<?> order = PlatformState.comparator(container);
		if (order != null && !order.equals(Comparator.naturalOrder())
				&& !order.equals(PlatformState.comparator(copy))) {
			return false;
		}
		return !(container instanceof Properties properties) || Objects.equals(PlatformState.texts(properties),
				(copy instanceof Properties propertiesCopy) ? PlatformState.texts(propertiesCopy) : copy);
	}

}
