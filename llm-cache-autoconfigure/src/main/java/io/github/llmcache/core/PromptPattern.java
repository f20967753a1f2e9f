package io.github.llmcache.core;

import java.util.Locale;

/**
 * Glob matching in linear space and without backtracking over more than one star.
 */
final class PromptPattern {

	private PromptPattern() {
	}

	static boolean matches(String pattern, String prompt) {
		int[] glob = characters(pattern);
		int[] text = characters(prompt);
		int g = 0;
		int t = 0;
		int star = -1;
		int resume = 0;
		while (t < text.length) {
			if (g < glob.length && glob[g] == '*') {
				star = g++;
				resume = t;
			}
			else if (g < glob.length && (glob[g] == '?' || glob[g] == text[t])) {
				g++;
				t++;
			}
			else if (star >= 0) {
				g = star + 1;
				t = ++resume;
			}
			else {
				return false;
			}
		}
		while (g < glob.length && glob[g] == '*') {
			g++;
		}
		return g == glob.length;
	}

	private static int[] characters(String text) {
		return text.toLowerCase(Locale.ROOT).codePoints().toArray();
	}

}
