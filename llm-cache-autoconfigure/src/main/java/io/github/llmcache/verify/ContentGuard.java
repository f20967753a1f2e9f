package io.github.llmcache.verify;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.Lexicon;
import io.github.llmcache.language.Token;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses when a name, any other content word, or a word that is not English is on one
 * side only. One side may have a light word more than the other.
 */
final class ContentGuard implements MatchGuard {

	private static final String CONTENT_WORD = "content-word";

	private static final int MOST_LIGHT_WORDS = 2;

	/**
	 * What may differ between two prompts of one frame: "how do I ...", "please tell me
	 * how to ...".
	 */
	private static final Set<TokenKind> LOOSE = Set.of(TokenKind.ARTICLE, TokenKind.FILLER, TokenKind.AUXILIARY,
			TokenKind.PRONOUN, TokenKind.COMMA, TokenKind.STOP);

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
		List<String> texts = prompt.stream().map(Token::text).toList();
		List<String> cachedTexts = cached.stream().map(Token::text).toList();
		if (!comparison.prompt().english() || !comparison.cached().english()) {
			return MatchGuard.refuse(Firmness.ABSOLUTE, "foreign-word", texts, cachedTexts);
		}
		return isAnotherName(prompt, cached) ? MatchGuard.refuse("name", texts, cachedTexts) : MatchGuard
			.refuse(isOneFrame(comparison) ? Firmness.HARD : Firmness.SOFT, CONTENT_WORD, texts, cachedTexts);
	}

	/**
	 * Whether one word stands where another does, or is added, and all others are the
	 * same in the same order: "repair the boat", "clean the boat", "clean the small
	 * boat". Who words a question anew seldom keeps all other words: "I want to delete my
	 * account", "How do I terminate my account?"
	 */
	private static boolean isOneFrame(Comparison comparison) {
		List<Token> prompt = comparison.onlyInPrompt();
		List<Token> cached = comparison.onlyInCached();
		return prompt.size() <= 1 && cached.size() <= 1
				&& frame(comparison.prompt(), prompt).equals(frame(comparison.cached(), cached));
	}

	private static List<String> frame(AnalyzedPrompt prompt, List<Token> differing) {
		return prompt.tokens()
			.stream()
			.filter((token) -> !LOOSE.contains(token.kind()) && !differing.contains(token))
			.map(Token::term)
			.toList();
	}

	// the other side may call by another word what one side calls by its name
	private boolean isAnotherName(List<Token> prompt, List<Token> cached) {
		return Names.differ(prompt, cached) || (cached.isEmpty() && areNames(prompt))
				|| (prompt.isEmpty() && areNames(cached));
	}

	private boolean areNames(List<Token> tokens) {
		return tokens.stream().allMatch((token) -> token.name() || this.lexicon.isLight(token));
	}

	private boolean areLight(List<Token> tokens) {
		return tokens.size() <= MOST_LIGHT_WORDS && tokens.stream().allMatch(this.lexicon::isLight);
	}

	// "hello" and "thank you" hold no content word at all
	private static @Nullable Verdict refuseIfNothingIsLeft(Comparison comparison) {
		return comparison.prompt().carriers().isEmpty()
				&& !comparison.prompt().words().equals(comparison.cached().words())
						? MatchGuard.refuse(Firmness.SOFT, CONTENT_WORD, comparison.prompt().words(),
								comparison.cached().words())
						: null;
	}

}
