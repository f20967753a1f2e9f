package io.github.llmcache.verify;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.Token;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses other months, weekdays and times of day. A date that one side has more counts
 * only if nothing else differs.
 */
final class DateGuard implements MatchGuard {

	private static final List<Set<String>> CALENDAR = List.of(
			Set.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
			Set.of("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
					"november", "december"),
			Set.of("yesterday", "today", "tomorrow"), Set.of("morning", "noon", "afternoon", "evening", "midnight"));

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<String> prompt = dates(comparison.onlyInPrompt());
		List<String> cached = dates(comparison.onlyInCached());
		boolean another = CALENDAR.stream()
			.anyMatch(
					(names) -> prompt.stream().anyMatch(names::contains) && cached.stream().anyMatch(names::contains));
		if (another) {
			return refuse(Firmness.ABSOLUTE, comparison);
		}
		boolean differs = !prompt.isEmpty() || !cached.isEmpty();
		return (differs && comparison.isSameContent()) ? refuse(Firmness.FIRM, comparison) : null;
	}

	private static List<String> dates(List<Token> tokens) {
		return tokens.stream().filter((token) -> token.kind() == TokenKind.DATE).map(Token::term).toList();
	}

	private static Verdict refuse(Firmness firmness, Comparison comparison) {
		return MatchGuard.refuse(firmness, "date", comparison.prompt().terms(TokenKind.DATE),
				comparison.cached().terms(TokenKind.DATE));
	}

}
