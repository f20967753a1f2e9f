package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses another person: {@code my} for {@code your}, {@code he} and {@code her} for
 * {@code she} and {@code him}. After "how do you" and "how to", {@code your} may be
 * anybody's.
 */
final class PersonGuard implements MatchGuard {

	private static final String REASON = "person";

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<String> prompt = persons(comparison.prompt());
		List<String> cached = persons(comparison.cached());
		if (!third(prompt).equals(third(cached))) {
			return MatchGuard.refuse(REASON, prompt, cached);
		}
		Set<String> one = new HashSet<>(prompt);
		Set<String> other = new HashSet<>(cached);
		return (one.containsAll(other) || other.containsAll(one)) ? null : MatchGuard.refuse(REASON, prompt, cached);
	}

	private static List<String> persons(AnalyzedPrompt prompt) {
		List<String> persons = new ArrayList<>(prompt.terms(TokenKind.PRONOUN));
		boolean anybody = persons.removeIf("oneself"::equals);
		if (anybody && !persons.contains("first")) {
			persons.replaceAll((person) -> person.equals("second") ? "first" : person);
		}
		return persons;
	}

	private static List<String> third(List<String> persons) {
		return persons.stream().filter((person) -> person.equals("he") || person.equals("she")).toList();
	}

}
