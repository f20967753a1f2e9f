package io.github.llmcache.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.TreeNode;

/**
 * Compares an answer with what came back of it, once both are known to have the same
 * JSON: is it made of the same classes, and is nothing missing? Collections and maps may
 * come back as others of equal content.
 */
final class RoundTrip {

	private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());

	private RoundTrip() {
	}

	static boolean isWhole(Object value, Object copy) {
		return new RoundTrip().same(value, copy);
	}

	private boolean same(@Nullable Object value, @Nullable Object copy) {
		if (value == copy) {
			return true;
		}
		if (value == null || copy == null) {
			return false;
		}
		if (value instanceof Map<?, ?> map) {
			return copy instanceof Map<?, ?> mapCopy && sameEntries(map, mapCopy);
		}
		if (value instanceof Set<?> set) {
			return copy instanceof Set<?> setCopy && countByClass(set).equals(countByClass(setCopy));
		}
		if (value instanceof Collection<?> collection) {
			return copy instanceof Collection<?> collectionCopy && sameElements(collection, collectionCopy);
		}
		if (value.getClass() != copy.getClass()) {
			return false;
		}
		if (value instanceof Optional<?> optional) {
			return same(optional.orElse(null), ((Optional<?>) copy).orElse(null));
		}
		return value.getClass().isArray() ? sameArray(value, copy) : sameFields(value, copy);
	}

	private boolean sameEntries(Map<?, ?> map, Map<?, ?> copy) {
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (!copy.containsKey(entry.getKey()) || !same(entry.getValue(), copy.get(entry.getKey()))) {
				return false;
			}
		}
		return map.size() == copy.size();
	}

	private boolean sameElements(Collection<?> collection, Collection<?> copy) {
		Iterator<?> elements = copy.iterator();
		for (Object element : collection) {
			if (!elements.hasNext() || !same(element, elements.next())) {
				return false;
			}
		}
		return !elements.hasNext();
	}

	private boolean sameArray(Object array, Object copy) {
		if (array.getClass().getComponentType().isPrimitive()) {
			return true;
		}
		for (int i = 0; i < Array.getLength(array); i++) {
			if (!same(Array.get(array, i), Array.get(copy, i))) {
				return false;
			}
		}
		return true;
	}

	private boolean sameFields(Object value, Object copy) {
		if (value instanceof Enum || value instanceof TreeNode || !this.visited.add(value)) {
			return true;
		}
		for (Class<?> type = value.getClass(); !type.getName().startsWith("java."); type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (isState(field) && !same(read(field, value), read(field, copy))) {
					return false;
				}
			}
		}
		return true;
	}

	private static boolean isState(Field field) {
		return !field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())
				&& !Modifier.isTransient(field.getModifiers()) && field.trySetAccessible();
	}

	private static @Nullable Object read(Field field, Object object) {
		try {
			return field.get(object);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<Object, Integer> countByClass(Set<?> set) {
		Map<Object, Integer> counts = new HashMap<>();
		for (Object element : set) {
			counts.merge((element != null) ? element.getClass() : "null", 1, Integer::sum);
		}
		return counts;
	}

}
