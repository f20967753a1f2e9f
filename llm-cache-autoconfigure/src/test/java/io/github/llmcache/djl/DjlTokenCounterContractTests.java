package io.github.llmcache.djl;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import io.github.llmcache.cost.TokenCounter;
import io.github.llmcache.test.contract.TokenCounterContract;

/**
 * {@link DjlTokenCounter} keeps the contract.
 */
class DjlTokenCounterContractTests extends TokenCounterContract {

	private static DjlTokenCounter counter;

	@BeforeAll
	static void create() {
		counter = new DjlTokenCounter(null);
	}

	@AfterAll
	static void close() {
		counter.close();
	}

	@Override
	protected TokenCounter counter() {
		return counter;
	}

}
