package io.github.llmcache.trace;

/**
 * The steps of a call that are observed.
 */
public enum StepKind {

	/** The way to an answer that is there, or to the decision to load it. */
	LOOKUP,

	/** Embedding a prompt. */
	EMBEDDING,

	/** Searching for similar prompts. */
	SEARCH,

	/** A question to a judge. */
	JUDGE,

	/** The method. */
	LOAD,

	/** Storing an answer. */
	STORE

}
