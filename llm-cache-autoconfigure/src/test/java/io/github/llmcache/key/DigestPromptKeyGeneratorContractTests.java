package io.github.llmcache.key;

import io.github.llmcache.core.PromptKeyGenerator;
import io.github.llmcache.core.PromptKeyGeneratorContract;

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
