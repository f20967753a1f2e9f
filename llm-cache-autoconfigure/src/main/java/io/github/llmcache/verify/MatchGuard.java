package io.github.llmcache.verify;

import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * Looks at one kind of determining words. Immutable.
 */
@FunctionalInterface
interface MatchGuard {

	int LONGEST_DETAIL = 200;

	/**
	 * Compare two prompts.
	 * @return a refusing verdict, or {@code null} if this guard has no objection
	 */
	@Nullable Verdict check(Comparison comparison);

	static @Nullable Verdict refuseUnlessEqual(String reason, Object prompt, Object cached) {
		return prompt.equals(cached) ? null : refuse(reason, prompt, cached);
	}

	static Verdict refuse(String reason, Object prompt, Object cached) {
		return refuse(Firmness.FIRM, reason, prompt, cached);
	}

	static Verdict refuse(Firmness firmness, String reason, Object prompt, Object cached) {
		return Verdict.refuse(firmness, reason, shortened(prompt) + " / " + shortened(cached));
	}

	private static String shortened(Object value) {
		String text = value.toString();
		return (text.length() > LONGEST_DETAIL) ? text.substring(0, LONGEST_DETAIL) + "..." : text;
	}

}
