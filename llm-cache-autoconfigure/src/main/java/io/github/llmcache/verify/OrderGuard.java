package io.github.llmcache.verify;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.Token.Place;
import io.github.llmcache.language.Token;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses the same words in other roles: {@code merge main into develop} for
 * {@code merge develop into main}, {@code from mysql} for {@code to mysql}.
 */
final class OrderGuard implements MatchGuard {

	/** Prepositions that stand against each other in any prompt. */
	private static final List<Set<String>> OPPOSED = List.of(Set.of("source", "goal"), Set.of("before", "after"),
			Set.of("above", "below"), Set.of("up", "down"), Set.of("against", "goal"), Set.of("agent", "topic"));

	private final Reordering reordering = new Reordering();

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		boolean complete = comparison.isComplete();
		if (complete && this.reordering.isTurned(comparison)) {
			return null;
		}
		boolean ordered = comparison.isOrdered();
		boolean exchanged = complete && !ordered && Exchange.isAll(comparison);
		List<Token> prompt = comparison.prompt().carriers();
		for (int i = 0; i < prompt.size(); i++) {
			int partner = comparison.partner(i);
			Token cached = (partner >= 0) ? comparison.cached().carriers().get(partner) : prompt.get(i);
			if (contradicts(prompt.get(i).place(), cached.place(), ordered)) {
				boolean opposed = isOpposed(prompt.get(i), cached);
				boolean certain = exchanged || (complete && ordered && opposed);
				return MatchGuard.refuse(firmness(certain, complete || opposed), "relation", describe(prompt.get(i)),
						describe(cached));
			}
		}
		if (isTimeTurned(comparison)) {
			return MatchGuard.refuse(Firmness.ABSOLUTE, "relation", comparison.prompt().terms(TokenKind.PREPOSITION),
					comparison.cached().terms(TokenKind.PREPOSITION));
		}
		return (ordered || (complete && this.reordering.isHarmless(comparison))) ? null : MatchGuard
			.refuse(firmness(exchanged, complete), "order", texts(prompt), texts(comparison.cached().carriers()));
	}

	/** Where words differ, too, their order says little. */
	private static Firmness firmness(boolean certain, boolean firm) {
		if (certain) {
			return Firmness.ABSOLUTE;
		}
		return firm ? Firmness.FIRM : Firmness.SOFT;
	}

	// "before having lunch", "after having lunch": before a clause, not before a word
	private static boolean isTimeTurned(Comparison comparison) {
		List<String> prompt = comparison.prompt().terms(TokenKind.PREPOSITION);
		List<String> cached = comparison.cached().terms(TokenKind.PREPOSITION);
		return comparison.isSameContent()
				&& (isTurned("before", "after", prompt, cached) || isTurned("after", "before", prompt, cached));
	}

	private static boolean isTurned(String time, String opposite, List<String> prompt, List<String> cached) {
		return prompt.contains(time) && !prompt.contains(opposite) && cached.contains(opposite)
				&& !cached.contains(time);
	}

	private static boolean isOpposed(Token one, Token other) {
		return OPPOSED.stream()
			.anyMatch((relations) -> relations.contains(one.place().relation())
					&& relations.contains(other.place().relation())
					&& !one.place().relation().equals(other.place().relation()));
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
