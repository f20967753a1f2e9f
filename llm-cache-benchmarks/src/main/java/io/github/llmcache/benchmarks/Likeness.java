package io.github.llmcache.benchmarks;

import io.github.llmcache.benchmarks.peer.Questions;

/**
 * How a question that is not stored stands to those that are.
 */
public enum Likeness {

	/** Similar to many, with another answer. */
	LOOKALIKE,

	/** About something else. */
	UNLIKE;

	String question(int number) {
		return (this == LOOKALIKE) ? Questions.lookalike(number) : Questions.unlike(number);
	}

}
