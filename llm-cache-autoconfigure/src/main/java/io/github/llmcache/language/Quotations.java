package io.github.llmcache.language;

/**
 * Finds text in quotation marks. An apostrophe opens only before a letter and at the
 * beginning of a word.
 */
final class Quotations {

	private static final int LONGEST = 300;

	private static final String MARKS = "\"“”„«»'";

	private static final String CLOSING = "\"“”»";

	private final String text;

	Quotations(String text) {
		this.text = text;
	}

	boolean opensAt(int index) {
		char c = this.text.charAt(index);
		if (c == '\'') {
			return isLetterOrDigit(index + 1) && !isLetterOrDigit(index - 1);
		}
		return c != '»' && MARKS.indexOf(c) >= 0;
	}

	/**
	 * The first place that holds no quotation mark.
	 */
	int skipMarks(int index) {
		int end = index;
		while (end < this.text.length() && MARKS.indexOf(this.text.charAt(end)) >= 0) {
			end++;
		}
		return end;
	}

	/**
	 * Where the closing mark stands, or -1 if there is none on the same line.
	 */
	int end(int start, char open) {
		int limit = Math.min(this.text.length(), start + LONGEST);
		for (int i = start; i < limit && this.text.charAt(i) != '\n'; i++) {
			char c = this.text.charAt(i);
			if ((open == '\'') ? (c == '\'' && !isLetterOrDigit(i + 1)) : (CLOSING.indexOf(c) >= 0)) {
				return i;
			}
		}
		return -1;
	}

	private boolean isLetterOrDigit(int index) {
		return index >= 0 && index < this.text.length() && Character.isLetterOrDigit(this.text.charAt(index));
	}

}
