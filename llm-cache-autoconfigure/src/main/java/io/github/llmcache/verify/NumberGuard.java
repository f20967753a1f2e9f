package io.github.llmcache.verify;

import io.github.llmcache.verify.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses other numbers, or the same ones in another order.
 */
final class NumberGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		return MatchGuard.refuseUnlessEqual("number", comparison.prompt().terms(TokenKind.NUMBER),
				comparison.cached().terms(TokenKind.NUMBER));
	}

}
