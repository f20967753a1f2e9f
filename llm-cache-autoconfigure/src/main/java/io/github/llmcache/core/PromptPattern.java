package io.github.llmcache.core;

import java.util.Locale;

/**
 * Glob matching in linear space and without backtracking over more than one star.
 */
final class PromptPattern {

	private PromptPattern() {
	}

	static boolean matches(String pattern, String prompt) {
		String glob = pattern.toLowerCase(Locale.ROOT);
		String text = prompt.toLowerCase(Locale.ROOT);
		int g = 0;
		int t = 0;
		int star = -1;
		int resume = 0;
		while (t < text.length()) {
			if (g < glob.length() && glob.charAt(g) == '*') {
				star = g++;
				resume = t;
			}
			else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))) {
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
		while (g < glob.length() && glob.charAt(g) == '*') {
			g++;
		}
		return g == glob.length();
	}

}
