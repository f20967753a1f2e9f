package io.github.llmcache.verify;

import java.util.List;

import io.github.llmcache.core.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses when something is denied on one side only, or something else is denied.
 */
final class NegationGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<String> prompt = comparison.prompt().terms(TokenKind.NEGATION);
		List<String> cached = comparison.cached().terms(TokenKind.NEGATION);
		return MatchGuard.refuseUnlessEqual("negation", prompt, cached);
	}

}
