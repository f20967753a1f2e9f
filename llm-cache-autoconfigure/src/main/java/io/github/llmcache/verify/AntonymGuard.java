package io.github.llmcache.verify;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.Lexicon;
import io.github.llmcache.language.Token;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses a word whose opposite stands on the other side; absolutely, if no other word
 * differs.
 */
final class AntonymGuard implements MatchGuard {

	// the more words differ, the less one of them says
	private static final int MOST = 16;

	private final Lexicon lexicon;

	AntonymGuard(Lexicon lexicon) {
		this.lexicon = lexicon;
	}

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<Token> cached = comparison.onlyInCached().stream().limit(MOST).toList();
		for (Token token : comparison.onlyInPrompt().stream().limit(MOST).toList()) {
			for (Token other : cached) {
				if (this.lexicon.areOpposites(token.term(), other.term())) {
					boolean alone = cached.size() == 1 && comparison.onlyInPrompt().size() == 1;
					return MatchGuard.refuse(alone ? Firmness.ABSOLUTE : Firmness.FIRM, "antonym", token.text(),
							other.text());
				}
			}
		}
		return null;
	}

}
