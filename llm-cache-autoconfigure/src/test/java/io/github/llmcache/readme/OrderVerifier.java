package io.github.llmcache.readme;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.llmcache.verify.GuardedMatchVerifier;
import io.github.llmcache.verify.MatchVerifier;

/**
 * The guards, and one more rule.
 */
class OrderVerifier implements MatchVerifier {

	private static final Pattern PRODUCT = Pattern.compile("(?i)\\b(mini|pro|max)\\b");

	private final MatchVerifier guards = new GuardedMatchVerifier();

	@Override
	public Verdict verify(Match match) {
		if (!products(match.prompt()).equals(products(match.cachedPrompt()))) {
			return Verdict.refuse(Firmness.ABSOLUTE, "product", null);
		}
		return this.guards.verify(match);
	}

	@Override
	public String fingerprint() {
		return "products-1"; // another one whenever the rule changes: what was decided
								// before is decided again
	}

	private static List<String> products(String prompt) {
		return PRODUCT.matcher(prompt).results().map(MatchResult::group).map(String::toLowerCase).sorted().toList();
	}

}
