package io.github.llmcache.sample.model;

/**
 * A language model. Safe for use by many threads.
 */
public interface LanguageModel {

	/**
	 * The name that the application knows it by.
	 * @return the name
	 */
	String name();

	/**
	 * Ask it, which takes a while and costs money.
	 * @param prompt the prompt
	 * @return the answer
	 * @throws ModelException if there is none
	 */
	ModelReply ask(String prompt);

}
