package io.github.llmcache.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.TreeNode;

import io.github.llmcache.platform.PlatformState;

/**
 * Compares an answer with what came back of it, down to every field and element, whatever
 * their {@code equals} says, unless they are of the platform. Collections and maps may
 * come back as others of equal content. Used once.
 */
final class RoundTrip {

	private final Map<Object, Object> inProgress = new IdentityHashMap<>();

	private @Nullable String place;

	private RoundTrip() {
	}

	/**
	 * Find a difference.
	 * @param value the answer
	 * @param copy what came back
	 * @return where they differ, without any part of them; {@code null} if they do not
	 */
	static @Nullable String difference(Object value, Object copy) {
		RoundTrip comparison = new RoundTrip();
		if (comparison.same(value, copy)) {
			return null;
		}
		return (comparison.place != null) ? comparison.place : "the whole of it";
	}

	private boolean same(@Nullable Object value, @Nullable Object copy) {
		if (value == copy) {
			return true;
		}
		if (value == null || copy == null) {
			return false;
		}
		if (value instanceof TreeNode) {
			return sameTree(value, copy);
		}
		if (value instanceof Map.Entry<?, ?> entry) {
			return sameEntry(entry, copy);
		}
		if (value instanceof Map || value instanceof Collection) {
			return sameContainer(value, copy);
		}
		if (value.getClass() != copy.getClass()) {
			return false;
		}
		if (value.getClass().isArray()) {
			return sameArray(value, copy);
		}
		return PlatformState.isPlatform(value.getClass()) ? samePlatformValue(value, copy) : sameFields(value, copy);
	}

	/**
	 * The width of a number does not show in JSON.
	 */
	private static boolean sameTree(Object value, Object copy) {
		return copy instanceof TreeNode && value.toString().equals(copy.toString());
	}

	private boolean sameEntry(Map.Entry<?, ?> entry, Object copy) {
		return copy instanceof Map.Entry<?, ?> entryCopy && sameOwnState(entry, copy)
				&& same(entry.getKey(), entryCopy.getKey()) && same(entry.getValue(), entryCopy.getValue());
	}

	private boolean sameContainer(Object value, Object copy) {
		if (!ValueState.sameOrder(value, copy) || !sameOwnState(value, copy)) {
			return false;
		}
		if (value instanceof Map<?, ?> map) {
			return copy instanceof Map<?, ?> mapCopy && sameEntries(map, mapCopy);
		}
		if (value instanceof Set<?> set) {
			return copy instanceof Set<?> setCopy && sameElements(set, setCopy);
		}
		return copy instanceof Collection<?> collectionCopy && !(copy instanceof Set)
				&& sameSequence((Collection<?>) value, collectionCopy);
	}

	/**
	 * A collection of the application may keep more than its elements.
	 */
	private boolean sameOwnState(Object container, Object copy) {
		return (container.getClass() == copy.getClass()) ? sameFields(container, copy)
				: ValueState.fields(container.getClass()).isEmpty();
	}

	private boolean sameEntries(Map<?, ?> map, Map<?, ?> copy) {
		Map<Object, Map.Entry<?, ?>> entries = new HashMap<>();
		copy.entrySet().forEach((entry) -> entries.put(entry.getKey(), entry));
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			Map.Entry<?, ?> entryCopy = entries.get(entry.getKey());
			if (entryCopy == null || !same(entry.getKey(), entryCopy.getKey())
					|| !same(entry.getValue(), entryCopy.getValue())) {
				return false;
			}
		}
		return map.size() == copy.size();
	}

	/**
	 * In their order, or else by {@code equals}.
	 */
	private boolean sameElements(Set<?> set, Set<?> copy) {
		if (set.size() != copy.size()) {
			return false;
		}
		if (sameSequence(set, copy)) {
			return true;
		}
		Map<Object, Object> elements = new HashMap<>();
		copy.forEach((element) -> elements.put(element, element));
		for (Object element : set) {
			if (!elements.containsKey(element) || !same(element, elements.get(element))) {
				return false;
			}
		}
		this.place = null;
		return true;
	}

	private boolean sameSequence(Collection<?> collection, Collection<?> copy) {
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
			return Objects.deepEquals(array, copy);
		}
		int length = Array.getLength(array);
		for (int i = 0; i < length; i++) {
			if (length != Array.getLength(copy) || !same(Array.get(array, i), Array.get(copy, i))) {
				return false;
			}
		}
		return length == Array.getLength(copy);
	}

	private boolean samePlatformValue(Object value, Object copy) {
		if (value instanceof Optional<?> optional) {
			return same(optional.orElse(null), ((Optional<?>) copy).orElse(null));
		}
		if (value instanceof AtomicReference<?> reference) {
			return same(reference.get(), ((AtomicReference<?>) copy).get());
		}
		return ValueState.isText(value.getClass()) ? value.toString().equals(copy.toString()) : value.equals(copy);
	}

	/**
	 * An object that refers to itself, by a field that JSON leaves out and restores, is
	 * compared once.
	 */
	private boolean sameFields(Object value, Object copy) {
		Object known = this.inProgress.putIfAbsent(value, copy);
		if (known != null) {
			return known == copy;
		}
		boolean same = sameState(value, copy);
		this.inProgress.remove(value);
		return same;
	}

	private boolean sameState(Object value, Object copy) {
		for (Field field : ValueState.fields(value.getClass())) {
			if (!same(ValueState.read(field, value), ValueState.read(field, copy))) {
				if (this.place == null) {
					this.place = field.getDeclaringClass().getName() + "." + field.getName();
				}
				return false;
			}
		}
		return ValueState.isAllOf(value.getClass()) || value.equals(copy);
	}

}
