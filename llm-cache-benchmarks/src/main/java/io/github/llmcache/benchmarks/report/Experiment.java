package io.github.llmcache.benchmarks.report;

/**
 * Measures what one or several sections of the report show.
 */
interface Experiment {

	/**
	 * Measure in rounds: in each, everything once, baselines beside what they are
	 * compared with.
	 * @param extent how long
	 * @param results what is measured goes here
	 */
	void run(Extent extent, Results results) throws Exception;

}
