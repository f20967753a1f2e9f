package io.github.llmcache.language;

/**
 * Distinguishes typing errors from other words.
 */
final class Spelling {

	private static final int SHORTEST = 4;

	private Spelling() {
	}

	static String swapped(String word, int index) {
		char[] letters = word.toCharArray();
		char letter = letters[index];
		letters[index] = letters[index + 1];
		letters[index + 1] = letter;
		return new String(letters);
	}

	/**
	 * Whether two neighbouring letters of a longer word are swapped.
	 */
	static boolean isSlip(String word, String other) {
		if (word.length() < SHORTEST || other.length() < SHORTEST || !isLatin(word) || !isLatin(other)) {
			return false;
		}
		return onlySwap(word, other) >= 0;
	}

	/**
	 * The place of the only two letters that are swapped in a text, or a negative number
	 * if it differs from the other one in anything else.
	 */
	static int onlySwap(String text, String other) {
		int start = 0;
		while (start < text.length() && start < other.length() && text.charAt(start) == other.charAt(start)) {
			start++;
		}
		boolean swapped = text.length() == other.length() && start + 1 < text.length()
				&& text.charAt(start) == other.charAt(start + 1) && text.charAt(start + 1) == other.charAt(start)
				&& text.regionMatches(start + 2, other, start + 2, text.length() - start - 2);
		return swapped ? start : -1;
	}

	/**
	 * The word that stands around two places of a text, apostrophes included.
	 */
	static String wordAround(String text, int index) {
		int start = index;
		int end = index + 1;
		while (start > 0 && isWordPart(text.charAt(start - 1))) {
			start--;
		}
		while (end + 1 < text.length() && isWordPart(text.charAt(end + 1))) {
			end++;
		}
		return text.substring(start, end + 1);
	}

	static boolean isLetter(char c) {
		return c >= 'a' && c <= 'z';
	}

	/**
	 * Whether a letter may have slipped past a character: a blank, an apostrophe, or a
	 * mark of a sentence.
	 */
	static boolean isBetweenWords(char c) {
		return " '?!.,()".indexOf(c) >= 0;
	}

	private static boolean isWordPart(char c) {
		return isLetter(c) || c == '\'';
	}

	private static boolean isLatin(String word) {
		return word.chars().allMatch((c) -> isLetter((char) c));
	}

}
