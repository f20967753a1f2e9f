package io.github.llmcache.verify;

import io.github.llmcache.verify.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses other months, weekdays and times of day.
 */
final class DateGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		return MatchGuard.refuseUnlessEqual("date", comparison.prompt().terms(TokenKind.DATE),
				comparison.cached().terms(TokenKind.DATE));
	}

}
