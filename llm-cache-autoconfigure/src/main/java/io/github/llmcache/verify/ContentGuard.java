package io.github.llmcache.verify;

import java.util.List;

import io.github.llmcache.verify.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses when a name, any other content word, or a word that is not English is on one
 * side only. One side may have a light word more than the other.
 */
final class ContentGuard implements MatchGuard {

	private static final int MOST_LIGHT_WORDS = 2;

	private final Lexicon lexicon;

	ContentGuard(Lexicon lexicon) {
		this.lexicon = lexicon;
	}

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<Token> prompt = comparison.onlyInPrompt();
		List<Token> cached = comparison.onlyInCached();
		if (prompt.isEmpty() && cached.isEmpty()) {
			return refuseIfNothingIsLeft(comparison);
		}
		if (comparison.hasPartners()
				&& ((prompt.isEmpty() && areLight(cached)) || (cached.isEmpty() && areLight(prompt)))) {
			return null;
		}
		return MatchGuard.refuse(reason(comparison, prompt, cached), prompt.stream().map(Token::text).toList(),
				cached.stream().map(Token::text).toList());
	}

	private static String reason(Comparison comparison, List<Token> prompt, List<Token> cached) {
		if (!comparison.prompt().english() || !comparison.cached().english()) {
			return "foreign-word";
		}
		boolean name = prompt.stream().anyMatch(Token::name) || cached.stream().anyMatch(Token::name);
		return name ? "name" : "content-word";
	}

	private boolean areLight(List<Token> tokens) {
		return tokens.size() <= MOST_LIGHT_WORDS && tokens.stream().allMatch(this.lexicon::isLight);
	}

	// "hello" and "thank you" hold no content word at all
	private static @Nullable Verdict refuseIfNothingIsLeft(Comparison comparison) {
		return comparison.prompt().carriers().isEmpty()
				? MatchGuard.refuseUnlessEqual("content-word", comparison.prompt().words(), comparison.cached().words())
				: null;
	}

}
