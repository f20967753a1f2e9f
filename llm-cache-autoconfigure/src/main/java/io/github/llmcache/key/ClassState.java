package io.github.llmcache.key;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.annotation.LlmCacheIgnore;
import io.github.llmcache.platform.PlatformState;

/**
 * The fields that make up the objects of a class that is not of the platform: all of its
 * own and of its superclasses, those included that the compiler adds for the outer
 * instance and for captured variables.
 */
final class ClassState {

	/**
	 * Objects that are used up by reading, or that stand for something outside of the
	 * call.
	 */
	private static final List<Class<?>> NO_VALUES = List.of(AutoCloseable.class, Iterator.class, Spliterator.class,
			Future.class);

	private static final ClassValue<ClassState> STATES = new ClassValue<>() {

		@Override
		protected ClassState computeValue(Class<?> type) {
			return new ClassState(type);
		}

	};

	private final List<Field> fields = new ArrayList<>();

	private ClassState(Class<?> type) {
		check(type);
		Set<String> names = new HashSet<>();
		Class<?> current = type;
		for (; !PlatformState.isPlatform(current); current = current.getSuperclass()) {
			for (Field field : current.getDeclaredFields()) {
				add(field, names);
			}
		}
		checkInherited(current, type);
		if (this.fields.isEmpty() && !type.isRecord() && !hasContent(type)) {
			throw new NotCanonicalException(type.getName() + " has no fields");
		}
		if (!type.isRecord()) {
			this.fields.sort(Comparator.comparing(Field::getName));
		}
	}

	static ClassState of(Class<?> type) {
		return STATES.get(type);
	}

	/**
	 * The fields, of a record in the order of its components, otherwise by name.
	 */
	List<Field> fields() {
		return this.fields;
	}

	static @Nullable Object read(Field field, Object object) {
		try {
			return field.get(object);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Lambdas keep what they captured, and their name differs from one JVM to the next.
	 */
	private static void check(Class<?> type) {
		if (type.isHidden() || NO_VALUES.stream().anyMatch((noValue) -> noValue.isAssignableFrom(type))) {
			throw new NotCanonicalException((type.isHidden() ? "a lambda" : type.getName()) + " is not a value");
		}
	}

	private static void checkInherited(Class<?> inherited, Class<?> type) {
		if (inherited != Object.class && inherited != Record.class && inherited != Number.class
				&& !PlatformCollections.isKnown(inherited) && !PlatformValues.isEntry(inherited)) {
			throw new NotCanonicalException(type.getName() + " inherits the unknown state of " + inherited.getName());
		}
	}

	static boolean hasContent(Class<?> type) {
		return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
	}

	/**
	 * Refuses two fields of one name: it is not clear which one an expression means.
	 */
	private void add(Field field, Set<String> names) {
		if (Modifier.isStatic(field.getModifiers())) {
			return;
		}
		String description = field.getDeclaringClass().getName() + "." + field.getName();
		if (!names.add(field.getName())) {
			throw new NotCanonicalException(description + " is hidden by a field of the same name");
		}
		if (Modifier.isTransient(field.getModifiers()) || field.isAnnotationPresent(LlmCacheIgnore.class)) {
			return;
		}
		if (field.getName().startsWith("@") || !field.trySetAccessible()) {
			throw new NotCanonicalException(description + " cannot be read");
		}
		this.fields.add(field);
	}

}
