package io.github.llmcache.benchmarks;

import io.github.llmcache.benchmarks.peer.Questions;

/**
 * How a question with a stored answer is worded.
 */
public enum Wording {

	/** As it was when the answer was stored. */
	STORED,

	/** In another way, but always in the same one. */
	REPEATED;

	String question(int number) {
		return (this == STORED) ? Questions.stored(number) : Questions.rewording(number);
	}

	/**
	 * The name in the report.
	 * @return a few words
	 */
	public String label() {
		return (this == STORED) ? "the stored wording" : "another wording, served before";
	}

}
