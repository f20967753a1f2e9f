package io.github.llmcache.interceptor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

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
	static CompletableFuture<@Nullable Object> map(CompletionStage<?> stage, Mapping mapping) {
		return compose(stage, (value) -> CompletableFuture.<@Nullable Object>completedFuture(mapping.apply(value)));
	}

	/**
	 * A future that goes on after another one.
	 */
	static CompletableFuture<@Nullable Object> compose(CompletionStage<?> stage, Continuation next) {
		CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
		stage.whenComplete((value, failure) -> {
			if (failure != null) {
				complete(result, null, failure);
				return;
			}
			try {
				CompletionStage<?> last = next.after(value);
				if (last != null) {
					last.whenComplete((lastValue, lastFailure) -> complete(result, lastValue, lastFailure));
				}
				else {
					result.complete(null);
				}
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

	private static void complete(CompletableFuture<@Nullable Object> result, @Nullable Object value,
			@Nullable Throwable failure) {
		if (failure == null) {
			result.complete(value);
		}
		else {
			result.completeExceptionally((failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure);
		}
	}

	/**
	 * Makes another value of a value.
	 */
	@FunctionalInterface
	interface Mapping {

		@Nullable Object apply(@Nullable Object value);

	}

	/**
	 * Goes on with a value.
	 */
	@FunctionalInterface
	interface Continuation {

		@Nullable CompletionStage<?> after(@Nullable Object value) throws Throwable;

	}

}
