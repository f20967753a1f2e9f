package io.github.llmcache.reactive;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.core.Resolution.Missed;

/**
 * An element of a stream that several read: one has the original, the others copies of
 * what it was before anybody got it.
 *
 * @param <E> type of the element
 * @param answer the original, and where it came from
 * @param copies gives a copy each time; {@code null} if it cannot be copied
 */
record SharedElement<E>(CachedAnswer<E> answer, @Nullable Supplier<? extends @Nullable E> copies) {

	/**
	 * An element of which nobody has a copy.
	 */
	static <E> SharedElement<E> alone(CachedAnswer<E> answer) {
		return new SharedElement<>(answer, null);
	}

	static <E> SharedElement<E> of(CachedAnswer<E> answer, Missed<List<E>> missed) {
		E value = answer.value();
		if (value == null || isImmutable(value)) {
			return new SharedElement<>(answer, () -> value);
		}
		Supplier<List<E>> snapshot = missed.snapshot(List.of(value));
		return new SharedElement<>(answer, (snapshot != null) ? () -> snapshot.get().get(0) : null);
	}

	boolean isCopied() {
		return this.copies != null;
	}

	@Nullable E copy() {
		if (this.copies == null) {
			throw new NotSharedException("An element of a stream that another call shares does not come back from"
					+ " JSON as it went in; give it a type that does, or do not cache the method");
		}
		return this.copies.get();
	}

	private static boolean isImmutable(Object value) {
		return value instanceof String || value instanceof Enum<?> || ClassUtils.isPrimitiveWrapper(value.getClass());
	}

}
