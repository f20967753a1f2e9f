package io.github.llmcache.verify;

/**
 * Tells a slip of the finger from another word.
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
	 * Whether two neighbouring letters are swapped, or one of a longer word is missing.
	 */
	static boolean isSlip(String word, String other) {
		if (word.length() < SHORTEST || other.length() < SHORTEST || !isLatin(word) || !isLatin(other)) {
			return false;
		}
		int start = 0;
		int shorter = Math.min(word.length(), other.length());
		while (start < shorter && word.charAt(start) == other.charAt(start)) {
			start++;
		}
		if (word.length() == other.length()) {
			return start + 1 < shorter && swapped(word, start).equals(other);
		}
		return false;
	}

	/**
	 * Whether two texts differ only by a letter and a blank that are swapped.
	 */
	static boolean isSlippedBlank(String text, String other) {
		int start = 0;
		while (start < text.length() && start < other.length() && text.charAt(start) == other.charAt(start)) {
			start++;
		}
		if (text.length() != other.length() || start + 1 >= text.length()) {
			return false;
		}
		char first = text.charAt(start);
		char second = text.charAt(start + 1);
		char letter = (first == ' ') ? second : first;
		return (first == ' ' || second == ' ') && letter >= 'a' && letter <= 'z' && other.charAt(start) == second
				&& other.charAt(start + 1) == first
				&& text.regionMatches(start + 2, other, start + 2, text.length() - start - 2);
	}

	private static boolean isLatin(String word) {
		return word.chars().allMatch((c) -> c >= 'a' && c <= 'z');
	}

}
