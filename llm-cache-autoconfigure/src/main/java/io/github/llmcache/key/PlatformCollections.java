package io.github.llmcache.key;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.platform.PlatformState;

/**
 * The collections and maps of the platform that are no more than their content, and the
 * order of sorted ones.
 */
final class PlatformCollections {

	private static final Set<Class<?>> QUEUES = Set.of(ArrayDeque.class, ConcurrentLinkedQueue.class,
			ConcurrentLinkedDeque.class);

	private PlatformCollections() {
	}

	/**
	 * Whether a collection or map is no more than its content and its comparator. A queue
	 * may have a capacity or a comparator that nobody can ask for.
	 */
	static boolean isKnown(Class<?> type) {
		String name = type.getPackageName();
		if (!name.equals("java.util") && !name.equals("java.util.concurrent")) {
			return false;
		}
		if (Map.class.isAssignableFrom(type)) {
			return !Properties.class.isAssignableFrom(type);
		}
		return Collection.class.isAssignableFrom(type)
				&& (!Queue.class.isAssignableFrom(type) || List.class.isAssignableFrom(type) || QUEUES.contains(type));
	}

	/**
	 * What decides the order of a sorted collection or map.
	 * @return a name, the comparator, or {@code null} if there is none, or it is the
	 * natural order
	 */
	static @Nullable Object order(Object container) {
		Comparator<?> comparator = PlatformState.comparator(container);
		if (comparator == null || comparator.equals(Comparator.naturalOrder())) {
			return null;
		}
		if (comparator.equals(Collections.reverseOrder())) {
			return "reverse";
		}
		return (comparator == String.CASE_INSENSITIVE_ORDER) ? "case-insensitive" : comparator;
	}

	/**
	 * The entries of a map by key, or {@code null} if a key is no text, or looks like one
	 * of ours.
	 */
	static @Nullable Map<String, Object> properties(Map<?, ?> map) {
		Map<String, Object> properties = new TreeMap<>();
		int size = 0;
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (!(entry.getKey() instanceof String name) || name.startsWith("@")) {
				return null;
			}
			properties.put(name, entry.getValue());
			size++;
		}
		return (size == properties.size()) ? properties : null;
	}

}
