package io.github.llmcache.verify;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses the past or the future for the present: {@code who was} for {@code who is},
 * {@code when will it} for {@code when does it}.
 */
final class TenseGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		AnalyzedPrompt prompt = comparison.prompt();
		AnalyzedPrompt cached = comparison.cached();
		List<String> tenses = prompt.terms(TokenKind.AUXILIARY);
		List<String> cachedTenses = cached.terms(TokenKind.AUXILIARY);
		boolean other = (isOnly("past", tenses) && isOnly("present", cachedTenses))
				|| (isOnly("present", tenses) && isOnly("past", cachedTenses))
				|| (isFuture(prompt) && !isFuture(cached) && !cachedTenses.isEmpty())
				|| (isFuture(cached) && !isFuture(prompt) && !tenses.isEmpty());
		return other ? MatchGuard.refuse("tense", tenses, cachedTenses) : null;
	}

	private static boolean isFuture(AnalyzedPrompt prompt) {
		return prompt.tokens()
			.stream()
			.anyMatch((token) -> token.is(TokenKind.MODAL, "will") && !token.text().equalsIgnoreCase("would"));
	}

	private static boolean isOnly(String tense, List<String> tenses) {
		String another = tense.equals("past") ? "present" : "past";
		return tenses.contains(tense) && !tenses.contains(another);
	}

}
