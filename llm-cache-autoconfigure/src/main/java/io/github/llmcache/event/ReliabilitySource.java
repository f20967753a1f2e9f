package io.github.llmcache.event;

import java.util.Map;

/**
 * Knows how reliable semantic hits are. Safe for use by many threads.
 */
@FunctionalInterface
public interface ReliabilitySource {

	/**
	 * Report what is known now.
	 * @return reliability by task, for tasks that are calibrated or audited and were
	 * called
	 */
	Map<String, Reliability> reliabilities();

}
