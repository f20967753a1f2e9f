package io.github.llmcache.metrics;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.github.llmcache.platform.BoundedMap;

/**
 * Counts by reason.
 */
final class ReasonCounter {

	/**
	 * Reasons are words out of small fixed sets; more than this is a mistake of a
	 * replaced part.
	 */
	static final int MAX_REASONS = 50;

	private final BoundedMap<LongAdder> counts = new BoundedMap<>(MAX_REASONS, (reason) -> new LongAdder());

	void increment(String reason) {
		this.counts.get(reason).increment();
	}

	void addTo(Map<String, Long> sums) {
		this.counts.forEach((reason, count) -> sums.merge(reason, count.sum(), Long::sum));
	}

}
