package io.github.llmcache.benchmarks;

import io.github.llmcache.benchmarks.peer.Questions;

/**
 * How a question that is not stored relates to those that are.
 */
public enum Likeness {

	/** It is similar to many, and has another answer. */
	LOOKALIKE,

	/** It is about something else. */
	UNLIKE;

	String question(int number) {
		return (this == LOOKALIKE) ? Questions.lookalike(number) : Questions.unlike(number);
	}

}
