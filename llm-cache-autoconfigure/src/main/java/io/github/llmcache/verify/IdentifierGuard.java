package io.github.llmcache.verify;

import io.github.llmcache.verify.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses other addresses, paths, names in code, and other operators.
 */
final class IdentifierGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		AnalyzedPrompt prompt = comparison.prompt();
		AnalyzedPrompt cached = comparison.cached();
		Verdict verdict = MatchGuard.refuseUnlessEqual("identifier", prompt.terms(TokenKind.IDENTIFIER),
				cached.terms(TokenKind.IDENTIFIER));
		return (verdict != null) ? verdict : MatchGuard.refuseUnlessEqual("identifier", prompt.terms(TokenKind.SYMBOL),
				cached.terms(TokenKind.SYMBOL));
	}

}
