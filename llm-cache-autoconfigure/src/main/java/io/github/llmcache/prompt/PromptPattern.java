package io.github.llmcache.prompt;

/**
 * A glob over a whole prompt, without regard to case. A match takes linear space, at most
 * as many steps for each character of the prompt as the pattern has characters, and goes
 * back to the last star only.
 */
public final class PromptPattern {

	/** Longest pattern, without stars that follow another one. */
	static final int LONGEST = 1000;

	private static final int STAR = '*';

	private final int[] glob;

	/**
	 * Read a pattern.
	 * @param pattern the pattern: {@code *} for any characters, {@code ?} for one
	 */
	public PromptPattern(String pattern) {
		this.glob = characters(pattern.replaceAll("\\*+", "*"));
	}

	/**
	 * Refuse a pattern that is too long.
	 * @param pattern the pattern
	 * @throws IllegalArgumentException if it has more than 1,000 characters
	 */
	public static void check(String pattern) {
		int length = new PromptPattern(pattern).glob.length;
		if (length > LONGEST) {
			throw new IllegalArgumentException("A prompt pattern may have " + LONGEST + " characters, but this one has "
					+ length + ". Shorten it with * for any characters");
		}
	}

	/**
	 * Whether the whole prompt matches.
	 * @param prompt the prompt
	 * @return whether it does
	 */
	public boolean matches(String prompt) {
		int[] text = characters(prompt);
		int g = 0;
		int t = 0;
		int star = -1;
		int resume = 0;
		while (t < text.length) {
			if (g < this.glob.length && this.glob[g] == STAR) {
				star = g++;
				resume = t;
			}
			else if (g < this.glob.length && (this.glob[g] == '?' || this.glob[g] == text[t])) {
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
		return g == this.glob.length || (g == this.glob.length - 1 && this.glob[g] == STAR);
	}

	private static int[] characters(String text) {
		return LowerCase.of(text).codePoints().toArray();
	}

}
