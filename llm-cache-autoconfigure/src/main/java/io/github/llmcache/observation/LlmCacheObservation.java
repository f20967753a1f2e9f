package io.github.llmcache.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.docs.ObservationDocumentation;

import io.github.llmcache.trace.StepKind;

/**
 * The observations of the cache. All have the keys {@link Key}, which are of low
 * cardinality; there are no others.
 */
public enum LlmCacheObservation implements ObservationDocumentation {

	/**
	 * A lookup: up to the answer that is served, or to the decision to call the method.
	 * One that bypasses the cache is none. Outcomes: {@code exact}, {@code semantic},
	 * {@code stale}, {@code miss}, {@code bypass} and {@code failure}.
	 */
	LOOKUP("llm.cache.lookup"),

	/**
	 * Embedding a prompt, within a lookup. Outcomes: {@code embedded},
	 * {@code beyond-window}, {@code embedder-busy} and {@code failure}.
	 */
	EMBEDDING("llm.cache.embedding"),

	/**
	 * Searching the store for similar prompts, within a lookup. Outcomes: {@code found},
	 * {@code nothing} and {@code failure}.
	 */
	SEARCH("llm.cache.search"),

	/**
	 * A question to a judge. Outcomes: {@code same}, {@code different}, {@code unknown}
	 * and {@code failure}.
	 */
	JUDGE("llm.cache.judge"),

	/**
	 * The method, also when it runs in the background. Outcomes: {@code success},
	 * {@code failure} and {@code cancelled}.
	 */
	LOAD("llm.cache.load"),

	/**
	 * Storing an answer. Outcomes: {@code stored}, {@code evicted} (an eviction came in
	 * between) and {@code failure}.
	 */
	STORE("llm.cache.store");

	private final String name;

	LlmCacheObservation(String name) {
		this.name = name;
	}

	static LlmCacheObservation of(StepKind kind) {
		return switch (kind) {
			case LOOKUP -> LOOKUP;
			case EMBEDDING -> EMBEDDING;
			case SEARCH -> SEARCH;
			case JUDGE -> JUDGE;
			case LOAD -> LOAD;
			case STORE -> STORE;
		};
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return Key.values();
	}

	/**
	 * Keys of all observations.
	 */
	public enum Key implements KeyName {

		/** The task. */
		TASK {

			@Override
			public String asString() {
				return "task";
			}

		},

		/** What came of it; there from its end on. */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

}
