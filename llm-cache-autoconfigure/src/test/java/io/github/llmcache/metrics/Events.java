package io.github.llmcache.metrics;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.event.LookupEvent;

/**
 * Makes events to test with.
 */
final class Events {

	private Events() {
	}

	static LookupEvent lookup(String task, Outcome outcome) {
		return lookup(task, outcome, Duration.ofMillis(1), outcome.isHit() ? Duration.ofSeconds(1) : null);
	}

	static LookupEvent lookup(String task, Outcome outcome, Duration lookupTime, @Nullable Duration timeSaved) {
		return new LookupEvent(task, outcome, null, null, List.of(), null, null, null, lookupTime, timeSaved);
	}

	static LookupEvent saved(String task, Outcome outcome, @Nullable String model, @Nullable TokenUsage tokens) {
		return new LookupEvent(task, outcome, null, null, List.of(), null, null, null, Duration.ofMillis(1),
				Duration.ofSeconds(1), false, model, tokens);
	}

	static LookupEvent searched(String task, Outcome outcome, Duration lookupTime, @Nullable Duration timeSaved) {
		return new LookupEvent(task, outcome, null, null, List.of(), null, null, null, lookupTime, timeSaved, true,
				"small", outcome.isHit() ? TokenUsage.reported(1_000_000, 0) : null);
	}

	static LookupEvent bypass(String task, String reason) {
		return new LookupEvent(task, Outcome.BYPASS, reason, null, List.of(), null, null, null, Duration.ofMillis(1),
				null);
	}

	static LookupEvent miss(String task, @Nullable String semanticSkip, List<String> refusals) {
		return new LookupEvent(task, Outcome.MISS, null, semanticSkip, refusals, null, null, null, Duration.ofMillis(1),
				null);
	}

}
