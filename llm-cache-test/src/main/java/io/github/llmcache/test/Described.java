package io.github.llmcache.test;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;

/**
 * An outcome as messages of assertions show it.
 */
final class Described {

	private Described() {
	}

	static String of(Outcome outcome, @Nullable String reason, @Nullable Double similarity,
			@Nullable String matchedPrompt) {
		StringBuilder text = new StringBuilder(outcome.name());
		if (reason != null) {
			text.append(" (").append(reason).append(')');
		}
		if (matchedPrompt != null) {
			text.append(" of <").append(matchedPrompt).append('>');
		}
		if (similarity != null) {
			text.append(", similarity ").append(similarity);
		}
		return text.toString();
	}

}
