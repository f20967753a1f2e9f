package io.github.llmcache.verify;

import java.util.List;

import io.github.llmcache.core.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses the past for the present: {@code who was} for {@code who is}.
 */
final class TenseGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<String> prompt = comparison.prompt().terms(TokenKind.AUXILIARY);
		List<String> cached = comparison.cached().terms(TokenKind.AUXILIARY);
		boolean other = (isOnly("past", prompt) && isOnly("present", cached))
				|| (isOnly("present", prompt) && isOnly("past", cached));
		return other ? MatchGuard.refuse("tense", prompt, cached) : null;
	}

	private static boolean isOnly(String tense, List<String> tenses) {
		String another = tense.equals("past") ? "present" : "past";
		return tenses.contains(tense) && !tenses.contains(another);
	}

}
