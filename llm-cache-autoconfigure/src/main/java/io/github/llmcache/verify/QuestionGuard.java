package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.List;

import io.github.llmcache.core.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses another question: {@code when} for {@code why}, {@code is there} for
 * {@code what is}. {@code what} and {@code which} ask no more than a plain request does.
 */
final class QuestionGuard implements MatchGuard {

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		return MatchGuard.refuseUnlessEqual("question-word", questions(comparison.prompt()),
				questions(comparison.cached()));
	}

	private static List<String> questions(AnalyzedPrompt prompt) {
		List<String> questions = new ArrayList<>(prompt.terms(TokenKind.QUESTION));
		boolean asks = !questions.isEmpty();
		questions.removeIf("what"::equals);
		if (!asks && opensWithVerb(prompt)) {
			questions.add("whether");
		}
		questions.sort(null);
		return questions;
	}

	private static boolean opensWithVerb(AnalyzedPrompt prompt) {
		boolean first = true;
		for (Token token : prompt.tokens()) {
			if (first && (token.kind() == TokenKind.AUXILIARY || token.kind() == TokenKind.MODAL)) {
				return true;
			}
			first = token.kind() == TokenKind.STOP || token.kind() == TokenKind.COMMA
					|| (first && (token.kind() == TokenKind.FILLER || token.kind() == TokenKind.NEGATION));
		}
		return false;
	}

}
