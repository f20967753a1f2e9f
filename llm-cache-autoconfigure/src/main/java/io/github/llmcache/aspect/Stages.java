package io.github.llmcache.aspect;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.Loader;

/**
 * What is made of futures: failures stay as they were thrown, and cancelling what is made
 * cancels what it is made of.
 */
final class Stages {

	private Stages() {
	}

	/**
	 * A future of what a function makes of another one's value.
	 */
	static <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> map(CompletionStage<T> stage,
			Function<? super T, ? extends R> function) {
		return compose(stage, (value) -> CompletableFuture.completedFuture(function.apply(value)));
	}

	/**
	 * A future of what comes after another one.
	 */
	static <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> compose(
			CompletionStage<T> stage, Continuation<? super T, R> next) {
		CompletableFuture<R> result = new CompletableFuture<>();
		stage.whenComplete((value, failure) -> {
			if (failure != null) {
				result.completeExceptionally(unwrap(failure));
				return;
			}
			try {
				next.after(value).whenComplete((last, lastFailure) -> complete(result, last, lastFailure));
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		result.whenComplete((value, failure) -> {
			if (result.isCancelled()) {
				stage.toCompletableFuture().cancel(true);
			}
		});
		return result;
	}

	private static <R extends @Nullable Object> void complete(CompletableFuture<R> result, R value,
			@Nullable Throwable failure) {
		if (failure != null) {
			result.completeExceptionally(unwrap(failure));
		}
		else {
			result.complete(value);
		}
	}

	private static Throwable unwrap(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	/**
	 * What comes after a value, as a {@link Loader} that is given it.
	 */
	@FunctionalInterface
	interface Continuation<T extends @Nullable Object, R extends @Nullable Object> {

		CompletionStage<R> after(T value) throws Throwable;

	}

}
