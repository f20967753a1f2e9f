package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.List;

import io.github.llmcache.verify.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses another quantity in words ({@code all}, {@code some}, {@code more}), or
 * {@code and} for {@code or}.
 */
final class QuantifierGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<String> prompt = quantities(comparison.prompt());
		List<String> cached = quantities(comparison.cached());
		if (!prompt.equals(cached)) {
			return MatchGuard.refuse("quantifier", prompt, cached);
		}
		prompt = comparison.prompt().terms(TokenKind.CONJUNCTION);
		cached = comparison.cached().terms(TokenKind.CONJUNCTION);
		boolean lost = prompt.contains("or") != cached.contains("or")
				&& prompt.contains("and") != cached.contains("and");
		return lost ? MatchGuard.refuse("quantifier", prompt, cached) : null;
	}

	// "some" says no more than a plural, unless "all" stands against it
	private static List<String> quantities(AnalyzedPrompt prompt) {
		List<String> quantities = new ArrayList<>(prompt.terms(TokenKind.QUANTIFIER));
		quantities.removeIf("some"::equals);
		return quantities;
	}

}
