package io.github.llmcache.answer;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Recognises values that hold no answer. A collection holds none if none of its elements
 * does.
 */
final class EmptyValues {

	private EmptyValues() {
	}

	static @Nullable String rejectionReason(@Nullable Object value) {
		if (value == null) {
			return "null-value";
		}
		return isEmpty(value) ? "empty-value" : null;
	}

	private static boolean isEmpty(Object value) {
		if (value instanceof CharSequence text) {
			return text.toString().isBlank();
		}
		if (value instanceof Collection<?> collection) {
			return collection.stream().allMatch((element) -> element == null || isEmpty(element));
		}
		if (value instanceof Map<?, ?> map) {
			return map.isEmpty();
		}
		if (value instanceof Optional<?> optional) {
			return optional.isEmpty();
		}
		return value.getClass().isArray() && Array.getLength(value) == 0;
	}

}
