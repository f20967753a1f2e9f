package io.github.llmcache.verify;

import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses {@code can} for {@code should}, {@code must} for {@code may}. A modal that one
 * side has more counts only if nothing else differs.
 */
final class ModalGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<String> prompt = modals(comparison.prompt());
		List<String> cached = modals(comparison.cached());
		boolean other = !prompt.isEmpty() && !cached.isEmpty() && Collections.disjoint(prompt, cached);
		return (other || comparison.isSameContent()) ? MatchGuard.refuseUnlessEqual("modal", prompt, cached) : null;
	}

	private static List<String> modals(AnalyzedPrompt prompt) {
		return prompt.terms(TokenKind.MODAL).stream().filter((modal) -> !modal.equals("will")).toList();
	}

}
