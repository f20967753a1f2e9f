package io.github.llmcache.trace;

import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Observes the steps of calls. Called by many threads at once; its methods throw nothing.
 */
public interface StepObserver {

	/**
	 * Observes nothing.
	 */
	StepObserver NONE = new StepObserver() {

		@Override
		public ObservedStep begin(StepKind kind, String task, @Nullable Object parent) {
			return ObservedStep.NONE;
		}

		@Override
		public @Nullable Object current() {
			return null;
		}

		@Override
		public boolean observesExactHits() {
			return false;
		}

	};

	/**
	 * A step begins.
	 * @param kind which one
	 * @param task the task
	 * @param parent within which it is, see {@link #current()} and
	 * {@link ObservedStep#handle()}; {@code null} for what is observed on this thread
	 * @return the step, to be ended
	 */
	ObservedStep begin(StepKind kind, String task, @Nullable Object parent);

	/**
	 * What is observed on this thread.
	 * @return the parent of what begins here, on this thread or another one; {@code null}
	 * if nothing is observed
	 */
	@Nullable Object current();

	/**
	 * Whether a lookup is observed from its first look at the store. Otherwise it is when
	 * that look has found nothing, and an exact hit is not observed at all.
	 * @return whether exact hits are observed
	 */
	boolean observesExactHits();

	/**
	 * Observe a step that begins and ends on this thread.
	 * @param <R> what it gives
	 * @param kind which one
	 * @param task the task
	 * @param parent within which it is, or {@code null} for what is observed on this
	 * thread
	 * @param step the step
	 * @param outcome the word for what it gave
	 * @return what it gave
	 */
	default <R extends @Nullable Object> R observe(StepKind kind, String task, @Nullable Object parent,
			Supplier<? extends R> step, Function<? super R, String> outcome) {
		ObservedStep observed = begin(kind, task, parent);
		String word = "failure";
		try (ObservedStep.Scope scope = observed.open()) {
			R result = step.get();
			word = outcome.apply(result);
			return result;
		}
		catch (Throwable ex) {
			observed.failed(ex);
			throw ex;
		}
		finally {
			observed.end(word);
		}
	}

}
