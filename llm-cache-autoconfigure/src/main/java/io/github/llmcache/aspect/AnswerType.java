package io.github.llmcache.aspect;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ReactiveAdapterRegistry;

import io.github.llmcache.core.CachedAnswer;

/**
 * The type of answers that a method gives.
 *
 * @param type the declared type, without our wrapper
 * @param wrapped whether the method wraps it in a {@link CachedAnswer}
 */
record AnswerType(Type type, boolean wrapped) {

	private static final String SUPPORTED = "Supported are classes, records, enums, primitives, texts, Optional,"
			+ " collections and maps of them, and CachedAnswer around any of these.";

	static AnswerType of(AnnotatedSignature signature) {
		Type type = GenericTypeResolver.resolveType(signature.method().getGenericReturnType(), signature.targetClass());
		boolean wrapped = rawClass(type) == CachedAnswer.class;
		if (wrapped) {
			type = (type instanceof ParameterizedType parameterized) ? parameterized.getActualTypeArguments()[0]
					: Object.class;
		}
		check(type, signature);
		return new AnswerType(type, wrapped);
	}

	private static void check(Type type, AnnotatedSignature signature) {
		Class<?> rawClass = rawClass(type);
		if (rawClass == void.class || rawClass == Void.class) {
			throw signature.invalid("is annotated with @LlmCached but returns nothing",
					"Return the answer, or move the annotation to a method that does. " + SUPPORTED);
		}
		if (rawClass == null || rawClass == Object.class || isRaw(type)) {
			throw signature.invalid("returns '" + type.getTypeName() + "', of which no stored answer can be restored",
					"Declare the concrete type of the answer. " + SUPPORTED);
		}
		if (isUsedUpByReading(rawClass)) {
			throw signature.invalid("returns '" + type.getTypeName() + "', which cannot be cached",
					"Return the finished answer instead. " + SUPPORTED);
		}
	}

	private static boolean isUsedUpByReading(Class<?> type) {
		return AutoCloseable.class.isAssignableFrom(type) || Iterator.class.isAssignableFrom(type)
				|| Future.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null || isPublisher(type);
	}

	private static boolean isPublisher(Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (current.getName().equals("org.reactivestreams.Publisher")) {
				return true;
			}
			for (Class<?> parent : current.getInterfaces()) {
				if (isPublisher(parent)) {
					return true;
				}
			}
		}
		return Flow.Publisher.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type);
	}

	private static boolean isRaw(Type type) {
		if (type instanceof Class<?> plain) {
			return plain.getTypeParameters().length > 0 || (plain.isArray() && isRaw(plain.getComponentType()));
		}
		if (type instanceof ParameterizedType parameterized) {
			for (Type argument : parameterized.getActualTypeArguments()) {
				if (isRaw(argument)) {
					return true;
				}
			}
			return false;
		}
		if (type instanceof WildcardType wildcard) {
			return wildcard.getUpperBounds()[0] == Object.class || isRaw(wildcard.getUpperBounds()[0]);
		}
		if (type instanceof GenericArrayType array) {
			return isRaw(array.getGenericComponentType());
		}
		return type instanceof TypeVariable<?>;
	}

	private static @Nullable Class<?> rawClass(Type type) {
		if (type instanceof Class<?> plain) {
			return plain;
		}
		if (type instanceof ParameterizedType parameterized) {
			return (Class<?>) parameterized.getRawType();
		}
		return (type instanceof GenericArrayType) ? Object[].class : null;
	}

}
