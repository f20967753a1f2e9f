package io.github.llmcache.sample.model;

import reactor.core.publisher.Flux;

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
	 * Ask the model, which takes a while and costs money.
	 * @param prompt the prompt
	 * @return the answer
	 * @throws ModelException if there is none
	 */
	ModelReply ask(String prompt);

	/**
	 * Ask the model, and get the answer while it is being written.
	 * @param prompt the prompt
	 * @return the parts of the answer; fails with a {@link ModelException} if there is
	 * none, or if it breaks off
	 */
	Flux<ReplyPart> stream(String prompt);

}
