package io.github.llmcache.core;

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Stands for the method call, and counts.
 */
final class CountingLoader<T> implements Loader<T, RuntimeException> {

	private final AtomicInteger calls = new AtomicInteger();

	private final @Nullable T answer;

	private CountingLoader(@Nullable T answer) {
		this.answer = answer;
	}

	static CountingLoader<Answer> answering(String text) {
		return new CountingLoader<>(new Answer(text, text.length()));
	}

	static <T> CountingLoader<T> returning(@Nullable T answer) {
		return new CountingLoader<>(answer);
	}

	@Override
	public @Nullable T load() {
		this.calls.incrementAndGet();
		return this.answer;
	}

	int calls() {
		return this.calls.get();
	}

}
