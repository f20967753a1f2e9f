package io.github.llmcache.verify;

import java.util.List;

import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses other numbers, or the same ones in each other's places. A number that one side
 * has more counts only if nothing else differs: a free wording may tell it in other words
 * or leave it out.
 */
final class NumberGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<Token> prompt = numbers(comparison.onlyInPrompt());
		List<Token> cached = numbers(comparison.onlyInCached());
		if (prompt.isEmpty() && cached.isEmpty()) {
			return checkPlaces(comparison);
		}
		if (!prompt.isEmpty() && !cached.isEmpty()) {
			boolean certain = prompt.stream().noneMatch(NumberGuard::isOne)
					&& cached.stream().noneMatch(NumberGuard::isOne);
			return refuse(certain ? Firmness.ABSOLUTE : Firmness.FIRM, comparison);
		}
		boolean more = !prompt.stream().allMatch(NumberGuard::isOne) || !cached.stream().allMatch(NumberGuard::isOne);
		return (more && comparison.isSameContent()) ? refuse(Firmness.FIRM, comparison) : null;
	}

	private static List<Token> numbers(List<Token> tokens) {
		return tokens.stream().filter((token) -> token.kind() == TokenKind.NUMBER).toList();
	}

	// "one" may be an article or a pronoun
	private static boolean isOne(Token token) {
		return token.text().equalsIgnoreCase("one");
	}

	private static @Nullable Verdict checkPlaces(Comparison comparison) {
		return switch (NumberPlaces.compare(comparison)) {
			case SAME -> null;
			case UNCERTAIN -> comparison.isSameContent() ? refuse(Firmness.FIRM, comparison) : null;
			case EXCHANGED -> refuse(Firmness.ABSOLUTE, comparison);
		};
	}

	private static Verdict refuse(Firmness firmness, Comparison comparison) {
		return MatchGuard.refuse(firmness, "number", comparison.prompt().terms(TokenKind.NUMBER),
				comparison.cached().terms(TokenKind.NUMBER));
	}

}
