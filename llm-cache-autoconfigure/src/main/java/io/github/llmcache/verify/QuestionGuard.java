package io.github.llmcache.verify;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.Token;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses another question: {@code when} for {@code why}, {@code is there} for
 * {@code what is}. {@code what} and {@code which} ask no more than a plain request does,
 * a wish ("I want to change my pin") is a request and a "how do I" at once, and "why
 * can't I log in" is asked by "I can't log in" too.
 */
final class QuestionGuard implements MatchGuard {

	private static final String WISH = "wish";

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		Set<String> prompt = questions(comparison.prompt());
		Set<String> cached = questions(comparison.cached());
		if (prompt.contains(WISH) || cached.contains(WISH)) {
			prompt.removeAll(Set.of(WISH, "how"));
			cached.removeAll(Set.of(WISH, "how"));
		}
		if (isComplaint(comparison.prompt()) && isComplaint(comparison.cached())) {
			prompt.remove("why");
			cached.remove("why");
		}
		return prompt.equals(cached) ? null : MatchGuard.refuse(firmness(comparison), "question-word", prompt, cached);
	}

	/** Short prompts and orders do without a question word: "center a div css". */
	private static Firmness firmness(Comparison comparison) {
		if (isAnotherQuestion(comparison)) {
			return Firmness.ABSOLUTE;
		}
		return (asks(comparison.prompt()) && asks(comparison.cached())) ? Firmness.FIRM : Firmness.SOFT;
	}

	/**
	 * Whether something else is asked about the same: how many states, and which.
	 */
	private static boolean isAnotherQuestion(Comparison comparison) {
		return comparison.isComplete() && asks(comparison.prompt()) && asks(comparison.cached());
	}

	private static boolean asks(AnalyzedPrompt prompt) {
		return !prompt.terms(TokenKind.QUESTION).isEmpty();
	}

	private static boolean isComplaint(AnalyzedPrompt prompt) {
		return prompt.terms(TokenKind.PRONOUN).contains("first")
				&& prompt.terms(TokenKind.QUESTION).stream().allMatch("why"::equals) && !opensWithVerb(prompt);
	}

	private static Set<String> questions(AnalyzedPrompt prompt) {
		Set<String> questions = new TreeSet<>(prompt.terms(TokenKind.QUESTION));
		if (questions.isEmpty() && opensWithVerb(prompt)) {
			questions.add("whether");
		}
		questions.remove("what");
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
