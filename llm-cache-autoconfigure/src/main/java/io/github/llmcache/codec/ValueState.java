package io.github.llmcache.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

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

	private ValueState() {
	}

	/**
	 * Whether a class is part of the Java platform, whose fields are not ours to read.
	 */
	static boolean isPlatform(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader == null || loader == ClassLoader.getPlatformClassLoader();
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
		List<Field> fields = new ArrayList<>();
		for (Class<?> current = type; !isPlatform(current); current = current.getSuperclass()) {
			for (Field field : current.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
					fields.add(field);
				}
			}
		}
		return fields;
	}

	/**
	 * Whether the fields are all that an object of the class is, or its elements are the
	 * rest.
	 */
	static boolean isAllOf(Class<?> type) {
		Class<?> inherited = type;
		while (!isPlatform(inherited)) {
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
		Comparator<?> order = order(container);
		if (order != null && !order.equals(Comparator.naturalOrder()) && !order.equals(order(copy))) {
			return false;
		}
		return !(container instanceof Properties properties) || Objects.equals(strings(properties),
				(copy instanceof Properties propertiesCopy) ? strings(propertiesCopy) : copy);
	}

	private static @Nullable Comparator<?> order(Object container) {
		if (container instanceof SortedMap<?, ?> map) {
			return map.comparator();
		}
		return (container instanceof SortedSet<?> set) ? set.comparator() : null;
	}

	private static Map<String, String> strings(Properties properties) {
		Map<String, String> strings = new HashMap<>();
		properties.stringPropertyNames().forEach((name) -> strings.put(name, properties.getProperty(name)));
		return strings;
	}

}
