package io.github.llmcache.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Work on futures.
 */
final class Futures {

	private Futures() {
	}

	/**
	 * Complete a future as another one was.
	 */
	static <T> void complete(CompletableFuture<T> future, T value, @Nullable Throwable failure) {
		if (failure != null) {
			future.completeExceptionally(unwrap(failure));
		}
		else {
			future.complete(value);
		}
	}

	/**
	 * What a stage failed with, as it was thrown.
	 */
	static Throwable unwrap(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	/**
	 * Wait for a stage, on a thread that may block.
	 */
	static <T> @Nullable T join(@Nullable CompletionStage<? extends @Nullable T> stage) {
		return (stage != null) ? stage.toCompletableFuture().join() : null;
	}

}
