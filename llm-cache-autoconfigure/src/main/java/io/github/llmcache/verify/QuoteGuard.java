package io.github.llmcache.verify;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.Identifiers;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses other text in quotation marks. The marks may be missing on one side, and the
 * text, too, if other words differ that may express it.
 */
final class QuoteGuard implements MatchGuard {

	private static final int MOST = 32;

	/**
	 * Beyond this length, all together, quotations are not searched for: it would take
	 * more than linear time.
	 */
	private static final int LONGEST = 1000;

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		AnalyzedPrompt prompt = comparison.prompt();
		AnalyzedPrompt cached = comparison.cached();
		if (prompt.quotes().equals(cached.quotes())
				|| (holds(cached, prompt.quotes()) && holds(prompt, cached.quotes()))) {
			return null;
		}
		if (!prompt.quotes().isEmpty() && !cached.quotes().isEmpty()) {
			return MatchGuard.refuse(Firmness.ABSOLUTE, "quoted-text", prompt.quotes(), cached.quotes());
		}
		return comparison.isSameContent() ? MatchGuard.refuse("quoted-text", prompt.quotes(), cached.quotes()) : null;
	}

	private static boolean holds(AnalyzedPrompt prompt, List<String> quotes) {
		return quotes.size() <= MOST && quotes.stream().mapToInt(String::length).sum() <= LONGEST
				&& quotes.stream()
					.allMatch((quote) -> prompt.quotes().contains(quote)
							|| prompt.words().contains(' ' + Identifiers.words(quote) + ' '));
	}

}
