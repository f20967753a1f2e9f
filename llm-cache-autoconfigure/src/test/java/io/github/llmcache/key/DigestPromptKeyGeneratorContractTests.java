package io.github.llmcache.key;

import io.github.llmcache.test.contract.PromptKeyGeneratorContract;

/**
 * {@link DigestPromptKeyGenerator} keeps the contract.
 */
class DigestPromptKeyGeneratorContractTests extends PromptKeyGeneratorContract {

	private static final DigestPromptKeyGenerator generator = new DigestPromptKeyGenerator();

	@Override
	protected PromptKeyGenerator generator() {
		return generator;
	}

}
