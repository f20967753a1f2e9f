package io.github.llmcache.verify;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.Lexicon;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.prompt.LowerCase;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses when something is denied on one side only, or something else is denied. Where
 * other words differ, what one side alone speaks of may be denied there, and what both
 * speak of may be denied by a word with the opposite meaning ({@code irregular},
 * {@code not regular}).
 */
final class NegationGuard implements MatchGuard {

	private static final String REASON = "negation";

	private final Lexicon lexicon;

	NegationGuard(Lexicon lexicon) {
		this.lexicon = lexicon;
	}

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<Negation> prompt = Negation.of(comparison.prompt(), this.lexicon);
		List<Negation> cached = Negation.of(comparison.cached(), this.lexicon);
		if (prompt.isEmpty() && cached.isEmpty()) {
			return null;
		}
		if (comparison.isSameContent()) {
			return checkSameContent(comparison, prompt, cached);
		}
		boolean differs = deniesMore(comparison, prompt, cached) || deniesMore(comparison.reversed(), cached, prompt);
		return differs ? refuse(Firmness.ABSOLUTE, comparison) : null;
	}

	private static @Nullable Verdict checkSameContent(Comparison comparison, List<Negation> prompt,
			List<Negation> cached) {
		if (!prompt.stream().map(Negation::kind).toList().equals(cached.stream().map(Negation::kind).toList())) {
			return refuse((prompt.size() != cached.size()) ? Firmness.ABSOLUTE : Firmness.FIRM, comparison);
		}
		for (int i = 0; i < prompt.size(); i++) {
			int partner = partner(comparison, prompt.get(i));
			int denied = cached.get(i).denied();
			if ((partner >= 0 && denied >= 0 && partner != denied)
					|| isMoved(prompt.get(i), cached.get(i), comparison.prompt(), comparison.cached())) {
				return refuse(Firmness.ABSOLUTE, comparison);
			}
		}
		return null;
	}

	// "here not ten minutes ago", "not here ten minutes ago"
	private static boolean isMoved(Negation one, Negation other, AnalyzedPrompt prompt, AnalyzedPrompt cached) {
		return !one.adverb().equals(other.adverb()) && (holds(cached, one.adverb()) || holds(prompt, other.adverb()));
	}

	private static boolean holds(AnalyzedPrompt prompt, String adverb) {
		return !adverb.isEmpty() && prompt.words().contains(' ' + LowerCase.of(adverb) + ' ');
	}

	private static boolean deniesMore(Comparison comparison, List<Negation> prompt, List<Negation> cached) {
		int last = comparison.prompt().carriers().size() - 1;
		for (Negation negation : prompt) {
			int denied = Math.min(negation.denied(), last);
			int partner = (denied >= 0) ? comparison.partner(denied) : Negation.UNKNOWN;
			if (negation.isPlain() && partner >= 0
					&& cached.stream().noneMatch((other) -> other.denied() == partner || other.deniesUnknown())) {
				return true;
			}
		}
		return false;
	}

	private static int partner(Comparison comparison, Negation negation) {
		boolean known = negation.denied() >= 0 && negation.denied() < Negation.NOTHING;
		return known ? comparison.partner(negation.denied()) : negation.denied();
	}

	private static Verdict refuse(Firmness firmness, Comparison comparison) {
		return MatchGuard.refuse(firmness, REASON, comparison.prompt().terms(TokenKind.NEGATION),
				comparison.cached().terms(TokenKind.NEGATION));
	}

}
