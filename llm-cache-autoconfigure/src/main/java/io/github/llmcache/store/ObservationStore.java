package io.github.llmcache.store;

import java.util.List;

/**
 * A {@link CacheStore} that keeps what instances have learned about a task, so that they
 * learn together, and do not begin anew after a restart.
 */
public interface ObservationStore extends CacheStore {

	/**
	 * Add observations, and get those that were added since by any instance, these
	 * included. Only the latest are kept.
	 * @param task the task
	 * @param added what to add, oldest first; may be empty
	 * @param since the position up to which the caller knows all, or an empty text
	 * @return what is new to the caller
	 */
	Observations exchange(String task, List<LabelledObservation> added, String since);

	/**
	 * Observations in the order in which they were added.
	 *
	 * @param observations oldest first
	 * @param position up to where they reach
	 */
	record Observations(List<LabelledObservation> observations, String position) {

		public Observations {
			observations = List.copyOf(observations);
		}

	}

}
