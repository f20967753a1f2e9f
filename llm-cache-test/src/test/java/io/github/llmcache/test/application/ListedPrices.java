package io.github.llmcache.test.application;

import org.springframework.stereotype.Component;

/**
 * Has no annotation of its own.
 */
@Component
public class ListedPrices implements Prices {

	@Override
	public String price(String prompt) {
		return "12 EUR";
	}

}
