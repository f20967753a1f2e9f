package io.github.llmcache.verify;

import java.util.List;
import java.util.Set;

import io.github.llmcache.core.MatchVerifier.Verdict;
import io.github.llmcache.verify.Token.Place;

import org.jspecify.annotations.Nullable;

/**
 * Refuses the same words in other roles: {@code merge main into develop} for
 * {@code merge develop into main}. Words may change places if a conjunction links them,
 * if the same preposition governs them on both sides, or if one side writes "papers by
 * Kim" and the other "Kim papers".
 */
final class OrderGuard implements MatchGuard {

	private static final Set<String> ATTRIBUTES = Set.of("of", "by", "in", "from", "about", "for", "place", "agent",
			"source", "topic", "benefit");

	private static final int LONGEST_REORDERED = 40;

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<Token> prompt = comparison.prompt().carriers();
		List<Token> cached = comparison.cached().carriers();
		for (int i = 0; i < prompt.size(); i++) {
			Token other = cached.get(comparison.partner(i));
			if (contradicts(prompt.get(i).place(), other.place())) {
				return MatchGuard.refuse("relation", describe(prompt.get(i)), describe(other));
			}
		}
		for (int i = 0; i < prompt.size(); i++) {
			for (int j = i + 1; j < prompt.size(); j++) {
				if (comparison.partner(i) > comparison.partner(j) && (prompt.size() > LONGEST_REORDERED
						|| !mayChangePlaces(prompt, i, j, cached, comparison.partner(i), comparison.partner(j)))) {
					return MatchGuard.refuse("order", prompt.get(i).text(), prompt.get(j).text());
				}
			}
		}
		return null;
	}

	private static boolean contradicts(Place one, Place other) {
		return !one.relation().isEmpty() && !other.relation().isEmpty() && !one.relation().equals("of")
				&& !other.relation().equals("of") && !one.relation().equals(other.relation());
	}

	private static String describe(Token token) {
		return token.place().relation() + ' ' + token.text();
	}

	// i stands before j in the prompt, and j before i in the cached one
	private static boolean mayChangePlaces(List<Token> prompt, int i, int j, List<Token> cached, int ci, int cj) {
		if (j == i + 1 && prompt.get(j).place().linked() && ci == cj + 1 && cached.get(ci).place().linked()) {
			return true;
		}
		return isMovedPhrase(prompt.get(i), prompt.get(j), cached.get(ci), cached.get(cj))
				|| isAttribute(prompt, i, j, cached, ci, cj) || isAttribute(cached, cj, ci, prompt, j, i);
	}

	private static boolean isMovedPhrase(Token one, Token two, Token cachedOne, Token cachedTwo) {
		if (!sameRelation(one, cachedOne) || !sameRelation(two, cachedTwo)) {
			return false;
		}
		boolean together = one.place().phrase() == two.place().phrase()
				|| cachedOne.place().phrase() == cachedTwo.place().phrase();
		return !together && !one.place().relation().equals(two.place().relation());
	}

	private static boolean sameRelation(Token one, Token other) {
		return one.place().relation().equals(other.place().relation()) && !one.place().relation().equals("of");
	}

	// "kim papers" here, "papers by kim" there
	private static boolean isAttribute(List<Token> here, int attribute, int head, List<Token> there, int thereAttribute,
			int thereHead) {
		Place place = there.get(thereAttribute).place();
		if (place.head() != thereHead || !ATTRIBUTES.contains(place.relation())) {
			return false;
		}
		Place mine = here.get(attribute).place();
		return mine.phrase() == here.get(head).place().phrase() && head - attribute <= 4;
	}

}
