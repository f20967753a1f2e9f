package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

import io.github.llmcache.verify.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Refuses when something is denied on one side only, or something else is denied.
 */
final class NegationGuard implements MatchGuard {

	private static final String REASON = "negation";

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		List<String> prompt = comparison.prompt().terms(TokenKind.NEGATION);
		List<String> cached = comparison.cached().terms(TokenKind.NEGATION);
		if (prompt.isEmpty() && cached.isEmpty()) {
			return null;
		}
		if (!prompt.equals(cached)) {
			return MatchGuard.refuse(REASON, prompt, cached);
		}
		List<Integer> denied = denied(comparison.prompt(), comparison::partner);
		List<Integer> deniedCached = denied(comparison.cached(), IntUnaryOperator.identity());
		for (int i = 0; i < denied.size(); i++) {
			boolean known = denied.get(i) >= 0 && deniedCached.get(i) >= 0;
			if (known && !denied.get(i).equals(deniedCached.get(i))) {
				return MatchGuard.refuse(REASON, prompt, cached);
			}
		}
		return null;
	}

	// the carrier after each negation, or -1 behind an inverted verb ("why can't the
	// ...")
	private static List<Integer> denied(AnalyzedPrompt prompt, IntUnaryOperator position) {
		List<Integer> denied = new ArrayList<>();
		int next = 0;
		boolean inverted = false;
		boolean opening = true;
		for (Token token : prompt.tokens()) {
			if (token.kind() == TokenKind.NEGATION) {
				boolean last = next == prompt.carriers().size();
				denied.add(inverted ? -1 : last ? Integer.MAX_VALUE : position.applyAsInt(next));
			}
			inverted = token.kind() == TokenKind.QUESTION
					|| (opening && (token.kind() == TokenKind.AUXILIARY || token.kind() == TokenKind.MODAL));
			opening = token.kind() == TokenKind.STOP || token.kind() == TokenKind.QUESTION;
			next += token.kind().isCarrier() ? 1 : 0;
		}
		return denied;
	}

}
