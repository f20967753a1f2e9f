package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.Token;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses other addresses, paths, names in code, and other operators. What one side has
 * more counts only if nothing else differs: a free wording may describe it.
 */
final class IdentifierGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		Verdict verdict = check(comparison, identifiers(comparison.onlyInPrompt()),
				identifiers(comparison.onlyInCached()));
		if (verdict != null) {
			return verdict;
		}
		List<String> prompt = comparison.prompt().terms(TokenKind.SYMBOL);
		List<String> cached = comparison.cached().terms(TokenKind.SYMBOL);
		return prompt.equals(cached) ? null : check(comparison, without(prompt, cached), without(cached, prompt));
	}

	private static @Nullable Verdict check(Comparison comparison, List<String> prompt, List<String> cached) {
		if (!prompt.isEmpty() && !cached.isEmpty()) {
			return MatchGuard.refuse(Firmness.ABSOLUTE, "identifier", prompt, cached);
		}
		boolean differs = !prompt.isEmpty() || !cached.isEmpty();
		return (differs && comparison.isSameContent()) ? MatchGuard.refuse("identifier", prompt, cached) : null;
	}

	private static List<String> identifiers(List<Token> tokens) {
		return tokens.stream().filter((token) -> token.kind() == TokenKind.IDENTIFIER).map(Token::term).toList();
	}

	private static List<String> without(List<String> symbols, List<String> others) {
		List<String> rest = new ArrayList<>(symbols);
		others.forEach(rest::remove);
		return rest;
	}

}
