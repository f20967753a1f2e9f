package io.github.llmcache.diagnostics;

/**
 * Implemented by exceptions that keep an application from starting and explain
 * themselves: one fact, one remedy. Spring Boot shows both in place of a stack trace.
 */
public interface ExplainedFailure {

	/**
	 * What is wrong.
	 * @return one sentence, which quotes the value that it is about; without the remedy
	 */
	String getProblem();

	/**
	 * What to do about it.
	 * @return one imperative sentence
	 */
	String getRemedy();

}
