package io.github.llmcache.observation;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.observation.LlmCacheObservation.Key;
import io.github.llmcache.trace.ObservedStep;
import io.github.llmcache.trace.StepKind;
import io.github.llmcache.trace.StepObserver;

/**
 * Observes steps by the handlers of an {@link ObservationRegistry}. What a handler throws
 * is logged once, and is no failure of the call.
 */
public final class ObservationStepObserver implements StepObserver {

	private static final Log logger = LogFactory.getLog(ObservationStepObserver.class);

	private final ObservationRegistry registry;

	private final boolean exactHits;

	private final AtomicBoolean failed = new AtomicBoolean();

	/**
	 * Create the observer.
	 * @param registry has the handlers
	 * @param exactHits whether a lookup that finds an answer to the very same prompt is
	 * observed, too. In memory, such a lookup takes less time than its observation
	 */
	public ObservationStepObserver(ObservationRegistry registry, boolean exactHits) {
		this.registry = registry;
		this.exactHits = exactHits;
	}

	@Override
	public ObservedStep begin(StepKind kind, String task, @Nullable Object parent) {
		if (this.registry.isNoop()) {
			return ObservedStep.NONE;
		}
		return attempt(() -> {
			LlmCacheObservation documented = LlmCacheObservation.of(kind);
			Observation observation = Observation
				.createNotStarted(documented.getName(), () -> new LlmCacheObservationContext(documented, task),
						this.registry)
				.lowCardinalityKeyValue(Key.TASK.withValue(task));
			if (parent instanceof Observation known) {
				observation.parentObservation(known);
			}
			observation.start();
			return observation.isNoop() ? ObservedStep.NONE : new Step(observation);
		}, ObservedStep.NONE);
	}

	@Override
	public @Nullable Object current() {
		return this.registry.getCurrentObservation();
	}

	@Override
	public boolean observesExactHits() {
		return this.exactHits;
	}

	private <R> R attempt(Supplier<R> action, R fallback) {
		try {
			return action.get();
		}
		catch (RuntimeException ex) {
			if (this.failed.compareAndSet(false, true)) {
				logger.warn("LlmCache: an observation failed with " + ex.getClass().getName()
						+ "; calls are not affected, and further failures of this kind are not logged");
				logger.debug("Failure of an observation", ex);
			}
			return fallback;
		}
	}

	private final class Step implements ObservedStep {

		private final Observation observation;

		private Step(Observation observation) {
			this.observation = observation;
		}

		/**
		 * Whatever handlers do, the thread has afterwards what it had before.
		 */
		@Override
		public Scope open() {
			Observation.Scope before = ObservationStepObserver.this.registry.getCurrentObservationScope();
			Observation.Scope scope = attempt(this.observation::openScope, Observation.Scope.NOOP);
			return () -> {
				attempt(() -> {
					scope.close();
					return true;
				}, false);
				ObservationStepObserver.this.registry.setCurrentObservationScope(before);
			};
		}

		@Override
		public Object handle() {
			return this.observation;
		}

		@Override
		public void failed(Throwable failure) {
			attempt(() -> this.observation.error(failure), this.observation);
		}

		@Override
		public void end(String outcome) {
			attempt(() -> {
				this.observation.lowCardinalityKeyValue(Key.OUTCOME.withValue(outcome)).stop();
				return true;
			}, false);
		}

	}

}
