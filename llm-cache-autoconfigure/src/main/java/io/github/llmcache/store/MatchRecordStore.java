package io.github.llmcache.store;

import java.util.List;

/**
 * A {@link CacheStore} that keeps what instances have learned about a task, so that they
 * learn together and do not start over after a restart.
 */
public interface MatchRecordStore extends CacheStore {

	/**
	 * Add match records, and get all that any instance has added since, including these.
	 * Only the latest are kept.
	 * @param task the task
	 * @param added what to add, oldest first; may be empty
	 * @param since the position up to which the caller knows all records, or an empty
	 * text
	 * @return what is new to the caller
	 */
	MatchRecords exchange(String task, List<LabelledMatch> added, String since);

	/**
	 * Match records in the order in which they were added.
	 *
	 * @param matchRecords oldest first
	 * @param position the position that they reach
	 */
	record MatchRecords(List<LabelledMatch> matchRecords, String position) {

		public MatchRecords {
			matchRecords = List.copyOf(matchRecords);
		}

	}

}
