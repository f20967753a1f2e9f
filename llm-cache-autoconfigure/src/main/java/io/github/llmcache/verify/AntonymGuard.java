package io.github.llmcache.verify;

import io.github.llmcache.core.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses a word whose opposite stands on the other side.
 */
final class AntonymGuard implements MatchGuard {

	private final Lexicon lexicon;

	AntonymGuard(Lexicon lexicon) {
		this.lexicon = lexicon;
	}

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		for (Token token : comparison.onlyInPrompt()) {
			for (Token other : comparison.onlyInCached()) {
				if (this.lexicon.areOpposites(token.term(), other.term())) {
					return MatchGuard.refuse("antonym", token.text(), other.text());
				}
			}
		}
		return null;
	}

}
