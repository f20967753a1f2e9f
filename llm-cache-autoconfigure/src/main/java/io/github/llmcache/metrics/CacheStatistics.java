package io.github.llmcache.metrics;

import java.time.Instant;
import java.util.Map;

/**
 * What the cache did on this instance, as counted by a {@link StatisticsSource}.
 * Immutable.
 *
 * @param since when counting began
 * @param total all tasks together
 * @param tasks by task; tasks beyond the number that the source distinguishes are
 * together under {@code other}
 */
public record CacheStatistics(Instant since, TaskStatistics total, Map<String, TaskStatistics> tasks) {

	public CacheStatistics {
		tasks = Map.copyOf(tasks);
	}

	/**
	 * One task.
	 * @param task the task
	 * @return its statistics, {@link TaskStatistics#NONE} if nothing is known of it
	 */
	public TaskStatistics task(String task) {
		return this.tasks.getOrDefault(task, TaskStatistics.NONE);
	}

}
