package io.github.llmcache.verify;

import io.github.llmcache.test.contract.MatchVerifierContract;

/**
 * {@link GuardedMatchVerifier} keeps the contract.
 */
class GuardedMatchVerifierContractTests extends MatchVerifierContract {

	private static final GuardedMatchVerifier verifier = new GuardedMatchVerifier();

	@Override
	protected MatchVerifier verifier() {
		return verifier;
	}

}
