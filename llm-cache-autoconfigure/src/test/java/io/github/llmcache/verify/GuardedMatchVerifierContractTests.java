package io.github.llmcache.verify;

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
