package io.github.llmcache.metrics;

/**
 * Knows what the cache has done. Safe for use by many threads.
 */
@FunctionalInterface
public interface StatisticsSource {

	/**
	 * Take a snapshot. Asks the store how much it holds, which may be a round trip to a
	 * server; if that fails, the snapshot has no usage.
	 * @return counts since the start of this instance
	 */
	CacheStatistics statistics();

}
