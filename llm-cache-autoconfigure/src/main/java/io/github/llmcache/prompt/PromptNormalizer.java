package io.github.llmcache.prompt;

import java.text.Normalizer;

/**
 * Conservative normalisation of prompts for the exact tier.
 * <p>
 * Unicode normalisation form C, line ends to {@code \n}, and blanks at both ends removed.
 * Inner blanks, case and punctuation stay: they carry meaning in code and in data. A text
 * with more than {@value #MOST_MARKS} combining marks on one letter, the bound of the
 * Stream-Safe Text Format (UAX #15), is not text in any language, and keeps its
 * characters as they are. Linear in the length of the prompt.
 */
public final class PromptNormalizer {

	private static final int MOST_MARKS = 30;

	/** No combining mark comes before this one. */
	private static final char FIRST_MARK = '\u0300';

	private PromptNormalizer() {
	}

	/**
	 * Normalise a prompt. Normalising twice changes nothing more.
	 * @param prompt the prompt as the caller wrote it
	 * @return the normalised prompt; empty if there were only blanks
	 */
	public static String normalize(String prompt) {
		String text = composed(prompt);
		if (text.indexOf('\r') >= 0) {
			text = text.replace("\r\n", "\n").replace('\r', '\n');
		}
		return text.strip();
	}

	// the JDK takes quadratic time to put the marks of one letter in order
	private static String composed(String prompt) {
		return (isWithoutMarks(prompt) || mostMarks(prompt) > MOST_MARKS
				|| Normalizer.isNormalized(prompt, Normalizer.Form.NFC)) ? prompt
						: Normalizer.normalize(prompt, Normalizer.Form.NFC);
	}

	/**
	 * Whether there is nothing to compose. Asking the JDK takes several times as long.
	 */
	private static boolean isWithoutMarks(String prompt) {
		for (int i = 0; i < prompt.length(); i++) {
			if (prompt.charAt(i) >= FIRST_MARK) {
				return false;
			}
		}
		return true;
	}

	private static int mostMarks(String prompt) {
		int most = 0;
		int marks = 0;
		for (int i = 0; i < prompt.length(); i++) {
			if (prompt.charAt(i) < FIRST_MARK) {
				marks = 0;
				continue;
			}
			int c = prompt.codePointAt(i);
			marks = isMark(c) ? marks + 1 : 0;
			most = Math.max(most, marks);
			i += Character.charCount(c) - 1;
		}
		return most;
	}

	private static boolean isMark(int c) {
		return switch (Character.getType(c)) {
			case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
			default -> false;
		};
	}

}
