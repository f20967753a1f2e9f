package io.github.llmcache.benchmarks;

/**
 * What the method returns, about 1 KB.
 */
public enum AnswerKind {

	/** A text. */
	TEXT,

	/** A record. */
	RECORD

}
