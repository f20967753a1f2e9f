package io.github.llmcache.benchmarks.report;

/**
 * Measures what one or several sections of the report show.
 */
interface Experiment {

	/**
	 * Measure in rounds. Each measures everything once, baselines next to what they are
	 * compared with.
	 * @param extent how much
	 * @param results takes the figures
	 */
	void run(Extent extent, Results results) throws Exception;

}
