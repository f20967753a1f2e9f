package io.github.llmcache.observation;

import io.micrometer.observation.Observation;

/**
 * What an observation of the cache is of, for predicates, filters and handlers.
 */
public final class LlmCacheObservationContext extends Observation.Context {

	private final LlmCacheObservation observation;

	private final String task;

	LlmCacheObservationContext(LlmCacheObservation observation, String task) {
		this.observation = observation;
		this.task = task;
	}

	/**
	 * Which of them it is.
	 * @return the observation
	 */
	public LlmCacheObservation observation() {
		return this.observation;
	}

	/**
	 * Whose call it is.
	 * @return the task
	 */
	public String task() {
		return this.task;
	}

}
