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

	private static boolean isLatin(String word) {
		return word.chars().allMatch((c) -> c >= 'a' && c <= 'z');
	}

}
