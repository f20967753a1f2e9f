package io.github.llmcache.interceptor;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.springframework.util.ReflectionUtils;

/**
 * Tells the classes that cannot have certain annotations from those that may, by the
 * annotations that are declared on them, on what they inherit from, and on all methods of
 * these. Searching each method of each bean for merged annotations, as Spring does, took
 * a third of a second of CPU time at each start.
 * <p>
 * Safe for use by many threads.
 */
final class AnnotationFilter {

	private final Set<Class<? extends Annotation>> wanted;

	private final Map<Class<?>, Boolean> types = new ConcurrentHashMap<>();

	private final Map<Class<? extends Annotation>, Boolean> annotations = new ConcurrentHashMap<>();

	/**
	 * Create the filter.
	 * @param wanted the annotations to look for, their containers among them
	 */
	AnnotationFilter(Collection<Class<? extends Annotation>> wanted) {
		this.wanted = Set.copyOf(wanted);
	}

	/**
	 * Whether a class may have one of the annotations, directly, on a method, through
	 * another annotation, or inherited.
	 * @param type the class
	 * @return false only if it has none; true also for a class that cannot be looked into
	 */
	boolean mayBeOn(Class<?> type) {
		if (isPlainJava(type)) {
			return false;
		}
		Boolean known = this.types.get(type);
		if (known == null) {
			known = isDeclaredBy(type) || isInherited(type);
			this.types.put(type, known);
		}
		return known;
	}

	private boolean isInherited(Class<?> type) {
		Class<?> superclass = type.getSuperclass();
		return (superclass != null && mayBeOn(superclass)) || Stream.of(type.getInterfaces()).anyMatch(this::mayBeOn);
	}

	private boolean isDeclaredBy(Class<?> type) {
		try {
			if (isOn(type)) {
				return true;
			}
			for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
				if (isOn(method)) {
					return true;
				}
			}
			return false;
		}
		catch (RuntimeException | LinkageError ex) {
			return true; // a class that is missing; who searches says so
		}
	}

	private boolean isOn(AnnotatedElement element) {
		for (Annotation annotation : element.getDeclaredAnnotations()) {
			if (carries(annotation.annotationType())) {
				return true;
			}
		}
		return false;
	}

	private boolean carries(Class<? extends Annotation> type) {
		Boolean known = this.annotations.get(type);
		if (known == null) {
			known = carries(type, new HashSet<>());
			this.annotations.put(type, known);
		}
		return known;
	}

	private boolean carries(Class<?> type, Set<Class<?>> seen) {
		if (this.wanted.contains(type)) {
			return true;
		}
		if (isPlainJava(type) || !seen.add(type)) {
			return false;
		}
		for (Annotation annotation : type.getDeclaredAnnotations()) {
			if (carries(annotation.annotationType(), seen)) {
				return true;
			}
		}
		// a container of repeated annotations
		for (Method attribute : type.getDeclaredMethods()) {
			Class<?> element = attribute.getReturnType().getComponentType();
			if (element != null && element.isAnnotation() && carries(element, seen)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isPlainJava(Class<?> type) {
		return type.getName().startsWith("java.");
	}

}
