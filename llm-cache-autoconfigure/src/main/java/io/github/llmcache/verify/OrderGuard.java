package io.github.llmcache.verify;

import java.util.List;

import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.Token.Place;

import org.jspecify.annotations.Nullable;

/**
 * Refuses the same words in other roles: {@code merge main into develop} for
 * {@code merge develop into main}, {@code from mysql} for {@code to mysql}.
 */
final class OrderGuard implements MatchGuard {

	private final Reordering reordering = new Reordering();

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		boolean complete = comparison.isComplete();
		if (complete && this.reordering.isTurned(comparison)) {
			return null;
		}
		boolean ordered = comparison.isOrdered();
		List<Token> prompt = comparison.prompt().carriers();
		for (int i = 0; i < prompt.size(); i++) {
			int partner = comparison.partner(i);
			Token cached = (partner >= 0) ? comparison.cached().carriers().get(partner) : prompt.get(i);
			if (contradicts(prompt.get(i).place(), cached.place(), ordered)) {
				return MatchGuard.refuse("relation", describe(prompt.get(i)), describe(cached));
			}
		}
		return (ordered || (complete && this.reordering.isHarmless(comparison))) ? null
				: MatchGuard.refuse("order", texts(prompt), texts(comparison.cached().carriers()));
	}

	private static boolean contradicts(Place one, Place other, boolean ordered) {
		if (one.relation().equals(other.relation()) || one.relation().equals("of") || other.relation().equals("of")) {
			return false;
		}
		boolean both = !one.relation().isEmpty() && !other.relation().isEmpty();
		return both || (ordered && !one.relation().equals("goal") && !other.relation().equals("goal"));
	}

	private static String describe(Token token) {
		return (token.place().relation() + ' ' + token.text()).strip();
	}

	private static List<String> texts(List<Token> tokens) {
		return tokens.stream().map(Token::text).toList();
	}

}
