package io.github.llmcache.benchmarks;

import io.github.llmcache.benchmarks.peer.Questions;

/**
 * How a question is worded whose answer is stored.
 */
public enum Wording {

	/** As it was when the answer was stored. */
	STORED,

	/** Otherwise, but always in the same way. */
	REPEATED;

	String question(int number) {
		return (this == STORED) ? Questions.stored(number) : Questions.rewording(number);
	}

	/**
	 * What it is called in the report.
	 * @return a few words
	 */
	public String label() {
		return (this == STORED) ? "the stored wording" : "another wording, served before";
	}

}
