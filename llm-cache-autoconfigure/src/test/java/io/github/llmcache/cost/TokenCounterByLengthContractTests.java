package io.github.llmcache.cost;

import io.github.llmcache.test.contract.TokenCounterContract;

/**
 * {@link TokenCounter#BY_LENGTH} keeps the contract.
 */
class TokenCounterByLengthContractTests extends TokenCounterContract {

	@Override
	protected TokenCounter counter() {
		return TokenCounter.BY_LENGTH;
	}

}
