package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.llmcache.core.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses another person: {@code my} for {@code your}, {@code he} and {@code her} for
 * {@code she} and {@code him}.
 */
final class PersonGuard implements MatchGuard {

	private static final String REASON = "person";

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<String> prompt = comparison.prompt().terms(TokenKind.PRONOUN);
		List<String> cached = comparison.cached().terms(TokenKind.PRONOUN);
		if (!third(prompt).equals(third(cached))) {
			return MatchGuard.refuse(REASON, prompt, cached);
		}
		Set<String> one = new HashSet<>(prompt);
		Set<String> other = new HashSet<>(cached);
		return (one.containsAll(other) || other.containsAll(one)) ? null : MatchGuard.refuse(REASON, prompt, cached);
	}

	private static List<String> third(List<String> persons) {
		List<String> third = new ArrayList<>(persons);
		third.removeIf((person) -> !person.equals("he") && !person.equals("she"));
		return third;
	}

}
