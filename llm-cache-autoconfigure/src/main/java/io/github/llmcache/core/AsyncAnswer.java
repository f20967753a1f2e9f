package io.github.llmcache.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.core.Resolution.Failed;
import io.github.llmcache.core.Resolution.Found;
import io.github.llmcache.core.Resolution.Missed;

/**
 * The second half of a call whose answer is a future.
 *
 * @param <T> type of the answer
 */
final class AsyncAnswer<T> {

	private final CompletableFuture<CachedAnswer<T>> result = new CompletableFuture<>();

	private final Loader<? extends CompletionStage<? extends @Nullable T>, ?> loader;

	AsyncAnswer(Loader<? extends CompletionStage<? extends @Nullable T>, ?> loader) {
		this.loader = loader;
	}

	/**
	 * Load the answer on a thread that may block.
	 */
	@Nullable T loadBlocking() throws Throwable {
		CompletionStage<? extends @Nullable T> stage = this.loader.load();
		return (stage != null) ? stage.toCompletableFuture().join() : null;
	}

	CompletableFuture<CachedAnswer<T>> future() {
		return this.result;
	}

	void resolved(Resolution<T> resolution) {
		if (resolution instanceof Found<T> found) {
			this.result.complete(found.answer());
		}
		else if (resolution instanceof Failed<T> failed) {
			this.result.completeExceptionally(failed.failure());
		}
		else if (resolution instanceof Missed<T> missed) {
			load(missed);
		}
		else {
			this.result.completeExceptionally(new IllegalStateException("A future cannot take part in a stream"));
		}
	}

	private void load(Missed<T> missed) {
		if (this.result.isDone()) {
			missed.abandoned();
			return;
		}
		CompletionStage<? extends @Nullable T> stage;
		try {
			stage = missed.run(this.loader);
		}
		catch (Throwable ex) {
			follow(missed.failed(ex));
			return;
		}
		if (stage == null) {
			follow(missed.succeeded(null));
			return;
		}
		stage.whenComplete((value,
				failure) -> follow((failure != null) ? missed.failed(unwrap(failure)) : missed.succeeded(value)));
		this.result.whenComplete((answer, failure) -> {
			if (this.result.isCancelled()) {
				stage.toCompletableFuture().cancel(true);
				missed.abandoned();
			}
		});
	}

	private void follow(CompletableFuture<CachedAnswer<T>> end) {
		end.whenComplete((answer, failure) -> {
			if (failure != null) {
				this.result.completeExceptionally(unwrap(failure));
			}
			else {
				this.result.complete(answer);
			}
		});
	}

	/**
	 * What a stage failed with, as it was thrown.
	 */
	private static Throwable unwrap(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
