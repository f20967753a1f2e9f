package io.github.llmcache.benchmarks.quality;

/**
 * Decides about a prompt that is similar enough to a stored one.
 */
interface Guard {

	/** Serves whatever is similar enough. */
	Guard NONE = (prompt, stored) -> true;

	/**
	 * Whether the stored prompt's answer may be served.
	 */
	boolean accepts(String prompt, String stored);

}
