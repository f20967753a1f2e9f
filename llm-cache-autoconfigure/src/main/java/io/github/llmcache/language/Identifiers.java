package io.github.llmcache.language;

import java.util.Locale;

/**
 * Recognises what is compared letter by letter: addresses, paths, names in code, numbers
 * of tickets and orders.
 */
public final class Identifiers {

	static final int LONGEST = 500;

	private static final String TRAILING = ".,;:!?)]}>\"'”’»";

	private Identifiers() {
	}

	/**
	 * Where the identifier ends that begins at {@code start}, or -1 if none does.
	 */
	static int endOfIdentifier(String text, int start) {
		if (!mayOpen(text.charAt(start))) {
			return -1;
		}
		int end = start;
		while (end - start < LONGEST && !isEnd(text, end)) {
			end++;
		}
		while (end > start && TRAILING.indexOf(text.charAt(end - 1)) >= 0 && !text.startsWith("()", end - 2)) {
			end--;
		}
		return (end - start > 1 && isIdentifier(text, start, end)) ? end : -1;
	}

	/**
	 * Whether a blank or a quotation mark ends an identifier here, or the text ends.
	 */
	static boolean isEnd(String text, int index) {
		return index >= text.length() || Character.isWhitespace(text.charAt(index))
				|| "\"“”«»`".indexOf(text.charAt(index)) >= 0;
	}

	/**
	 * The first place at which something makes an identifier of a word or number before
	 * it, or at which that ends.
	 */
	static int endOfPlain(String text, int start) {
		int end = start;
		while (!isEnd(text, end) && "_\\@:(.".indexOf(text.charAt(end)) < 0
				&& (end == start || !isChange(text.charAt(end - 1), text.charAt(end)))) {
			end++;
		}
		return end;
	}

	private static boolean isChange(char last, char c) {
		return Character.isDigit(c) != Character.isDigit(last) && Character.isLetterOrDigit(c)
				&& Character.isLetterOrDigit(last);
	}

	private static boolean mayOpen(char c) {
		return Character.isLetterOrDigit(c) || "/~\\#@$-_".indexOf(c) >= 0;
	}

	private static boolean isIdentifier(String text, int start, int end) {
		char first = text.charAt(start);
		char second = text.charAt(start + 1);
		if ((first == '/' || first == '~' || first == '\\') && (Character.isLetter(second) || second == '/')) {
			return true;
		}
		if ((first == '#' || first == '@' || first == '$') && Character.isLetterOrDigit(second)) {
			return first != '$' || Character.isLetter(second);
		}
		if (first == '-' && (Character.isLetter(second) || (second == '-' && end - start > 2))) {
			return true;
		}
		return (Character.isLetterOrDigit(first) || first == '_') && isStructured(text, start, end);
	}

	private static boolean isStructured(String text, int start, int end) {
		int changes = 0;
		boolean letters = false;
		for (int i = start; i < end; i++) {
			char c = text.charAt(i);
			letters |= Character.isLetter(c);
			char next = (i + 1 < end) ? text.charAt(i + 1) : ' ';
			if (c == '_' || c == '\\' || (c == '@' && Character.isLetter(next)) || (c == ':' && next == ':')
					|| (c == ':' && next == '/') || (c == '(' && next == ')')) {
				return true;
			}
			if (c == '.' && i > start && isDomain(text, start, i, end)) {
				return true;
			}
			if (i > start && isChange(text.charAt(i - 1), c)) {
				changes++;
			}
			if (c == '/' || c == ',') {
				changes = 0;
			}
		}
		return letters && changes > 1 && !isOrdinalsOnly(text, start, end);
	}

	// example.com, readme.txt, node.js, java.util: not the end of a sentence
	private static boolean isDomain(String text, int start, int dot, int end) {
		int tail = dot + 1;
		while (tail < end && Character.isLetterOrDigit(text.charAt(tail))) {
			tail++;
		}
		return dot - start > 1 && Character.isLetter(text.charAt(dot - 1)) && tail - dot > 2
				&& Character.isLowerCase(text.charAt(dot + 1));
	}

	// 3rd-4th, 20th-21st
	private static boolean isOrdinalsOnly(String text, int start, int end) {
		return text.substring(start, end).toLowerCase(Locale.ROOT).replaceAll("\\d+(st|nd|rd|th)", "").length() <= 1;
	}

	/**
	 * The words of a text in lower case, one blank between two of them.
	 * @param text the text
	 * @return its letters and digits
	 */
	public static String words(String text) {
		StringBuilder words = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
				words.append(Character.toLowerCase(c));
			}
			else if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ' && c != '\'') {
				words.append(' ');
			}
		}
		return words.toString().strip();
	}

}
