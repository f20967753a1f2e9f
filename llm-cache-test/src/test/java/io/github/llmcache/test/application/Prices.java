package io.github.llmcache.test.application;

import io.github.llmcache.annotation.LlmCached;

/**
 * Its annotation is one of an interface's.
 */
public interface Prices {

	@LlmCached(task = "prices")
	String price(String prompt);

}
