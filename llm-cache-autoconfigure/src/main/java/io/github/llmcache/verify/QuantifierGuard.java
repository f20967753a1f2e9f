package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses another quantity in words ({@code all}, {@code some}, {@code more}), or
 * {@code and} for {@code or}. Where other words differ, only quantities that contradict
 * each other count.
 */
final class QuantifierGuard implements MatchGuard {

	private static final String REASON = "quantifier";

	private static final List<Set<String>> CONTRADICTIONS = List.of(Set.of("all", "most", "few", "half"),
			Set.of("more", "less"), Set.of("most", "least"), Set.of("once", "twice"),
			Set.of("always", "often", "sometimes", "rarely"));

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<String> prompt = quantities(comparison.prompt());
		List<String> cached = quantities(comparison.cached());
		if (!prompt.equals(cached)) {
			boolean contradicted = isContradicted(rest(prompt, cached), rest(cached, prompt));
			if (comparison.isSameContent()) {
				return MatchGuard.refuse(contradicted ? Firmness.ABSOLUTE : Firmness.FIRM, REASON, prompt, cached);
			}
			return contradicted ? MatchGuard.refuse(REASON, prompt, cached) : null;
		}
		return comparison.isSameContent() ? checkConjunctions(comparison) : null;
	}

	private static @Nullable Verdict checkConjunctions(Comparison comparison) {
		List<String> prompt = comparison.prompt().terms(TokenKind.CONJUNCTION);
		List<String> cached = comparison.cached().terms(TokenKind.CONJUNCTION);
		boolean lost = prompt.contains("or") != cached.contains("or")
				&& prompt.contains("and") != cached.contains("and");
		return lost ? MatchGuard.refuse(REASON, prompt, cached) : null;
	}

	// "some" says no more than a plural, unless "all" stands against it
	private static List<String> quantities(AnalyzedPrompt prompt) {
		List<String> quantities = new ArrayList<>(prompt.terms(TokenKind.QUANTIFIER));
		quantities.removeIf("some"::equals);
		return quantities;
	}

	private static List<String> rest(List<String> quantities, List<String> others) {
		List<String> rest = new ArrayList<>(quantities);
		others.forEach(rest::remove);
		return rest;
	}

	private static boolean isContradicted(List<String> prompt, List<String> cached) {
		return CONTRADICTIONS.stream()
			.anyMatch(
					(words) -> prompt.stream().anyMatch(words::contains) && cached.stream().anyMatch(words::contains));
	}

}
