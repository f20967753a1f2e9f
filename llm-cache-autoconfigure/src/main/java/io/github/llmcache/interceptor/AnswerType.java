package io.github.llmcache.interceptor;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

import io.github.llmcache.answer.CachedAnswer;

/**
 * The type of a method's answers.
 *
 * @param type the type that is stored: the declared one without {@link CachedAnswer}, or
 * for a stream a list of its elements' type
 * @param form how the method returns the answer
 * @param wrapped whether the method wraps it, or each element of it, in a
 * {@link CachedAnswer}
 */
record AnswerType(Type type, AnswerForm form, boolean wrapped) {

	private static final String SUPPORTED = "A method may return classes, records, enums, primitives, texts, Optional,"
			+ " collections and maps of them, CachedAnswer around any of these, and CompletableFuture,"
			+ " CompletionStage, Mono, Flux and Flow of all of them. A suspend function may return the answer or a Flow.";

	static AnswerType of(AnnotatedSignature signature) {
		Type type = signature.answerType();
		AnswerForm form = AnswerForm.of(signature);
		boolean direct = form == AnswerForm.VALUE || (signature.isSuspending() && form == AnswerForm.MONO);
		if (!direct) {
			type = argument(type);
		}
		boolean wrapped = rawClass(type) == CachedAnswer.class;
		if (wrapped) {
			type = argument(type);
			if (AnswerForm.of(rawClass(type)) != AnswerForm.VALUE) {
				throw signature.invalid(
						"returns a CachedAnswer around '" + type.getTypeName()
								+ "', but where the answer comes from is not known when the method returns",
						"Put the CachedAnswer inside, as in Mono<CachedAnswer<Answer>> or Flux<CachedAnswer<String>>.");
			}
		}
		check(type, signature);
		return new AnswerType(form.isMany() ? listOf(type) : type, form, wrapped);
	}

	/**
	 * The answer inside a {@link CachedAnswer}, or else the result itself.
	 */
	static @Nullable Object unwrap(@Nullable Object result) {
		return (result instanceof CachedAnswer<?> wrapper) ? wrapper.value() : result;
	}

	private static Type argument(Type type) {
		if (!(type instanceof ParameterizedType parameterized)) {
			return Object.class;
		}
		Type argument = parameterized.getActualTypeArguments()[0];
		// as Kotlin writes the types of parameters, of which the continuation is one
		return (argument instanceof WildcardType wildcard && wildcard.getUpperBounds()[0] != Object.class)
				? wildcard.getUpperBounds()[0] : argument;
	}

	private static Type listOf(Type type) {
		return ResolvableType.forClassWithGenerics(List.class, ResolvableType.forType(type)).getType();
	}

	private static void check(Type type, AnnotatedSignature signature) {
		Class<?> rawClass = rawClass(type);
		if (isNothing(rawClass)) {
			throw signature.invalid("is annotated with @LlmCached but returns nothing",
					"Return the answer, or move the annotation to a method that does. " + SUPPORTED);
		}
		if (rawClass == null || rawClass == Object.class || isRaw(type)) {
			throw signature.invalid("returns '" + type.getTypeName() + "', to which a stored answer cannot be restored",
					"Declare the concrete type of the answer. " + SUPPORTED);
		}
		if (isUsedUpByReading(type)) {
			throw signature.invalid("returns '" + type.getTypeName() + "', which cannot be cached",
					"Return the finished answer instead. " + SUPPORTED);
		}
	}

	private static boolean isNothing(@Nullable Class<?> type) {
		return type == void.class || type == Void.class || (type != null && type.getName().equals("kotlin.Unit"));
	}

	private static boolean isUsedUpByReading(Type type) {
		Class<?> rawClass = rawClass(type);
		if (rawClass != null && isUsedUpByReading(rawClass)) {
			return true;
		}
		return type instanceof ParameterizedType parameterized
				&& Stream.of(parameterized.getActualTypeArguments()).anyMatch(AnswerType::isUsedUpByReading);
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
