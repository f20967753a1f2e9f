package io.github.llmcache.springai;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * The fields of an object, whatever class they are of: its getters and its copies may
 * leave something out.
 */
final class ObjectFields {

	private ObjectFields() {
	}

	/**
	 * All fields that count, by class and name, and the name of the object's class.
	 * @param counts selects the fields that count
	 * @param comparable gives what is compared in place of a field's value
	 */
	static Map<String, @Nullable Object> of(Object object, Predicate<Field> counts,
			BiFunction<Field, @Nullable Object, @Nullable Object> comparable) {
		Map<String, @Nullable Object> fields = new TreeMap<>();
		ReflectionUtils.doWithFields(object.getClass(), (field) -> {
			ReflectionUtils.makeAccessible(field);
			fields.put(field.getDeclaringClass().getName() + "." + field.getName(),
					comparable.apply(field, field.get(object)));
		}, (field) -> !Modifier.isStatic(field.getModifiers()) && counts.test(field));
		if (fields.isEmpty()) {
			throw new IllegalStateException("The fields of " + object.getClass().getName() + " cannot be read");
		}
		fields.put("class", object.getClass().getName());
		return fields;
	}

	/**
	 * One field.
	 * @return its value, or {@code null} if there is no such field
	 */
	static @Nullable Object value(Object object, String name) {
		Field field = ReflectionUtils.findField(object.getClass(), name);
		if (field == null || Modifier.isStatic(field.getModifiers())) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, object);
	}

}
