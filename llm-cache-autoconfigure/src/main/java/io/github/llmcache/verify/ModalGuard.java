package io.github.llmcache.verify;

import java.util.List;

import io.github.llmcache.verify.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses {@code can} for {@code should}, {@code must} for {@code may}.
 */
final class ModalGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		return MatchGuard.refuseUnlessEqual("modal", modals(comparison.prompt()), modals(comparison.cached()));
	}

	private static List<String> modals(AnalyzedPrompt prompt) {
		return prompt.terms(TokenKind.MODAL).stream().filter((modal) -> !modal.equals("will")).toList();
	}

}
