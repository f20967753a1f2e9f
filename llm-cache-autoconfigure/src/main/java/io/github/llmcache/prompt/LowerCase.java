package io.github.llmcache.prompt;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Writes texts in lower case, as {@link String#toLowerCase(Locale)} with
 * {@link Locale#ROOT} does, but in linear time: the JDK copies what it has for each
 * {@code İ}, and looks for the words of the whole text for each {@code Σ}.
 */
public final class LowerCase {

	private static final char SIGMA = '\u03a3';

	private static final char SMALL_SIGMA = '\u03c3';

	private static final char FINAL_SIGMA = '\u03c2';

	private LowerCase() {
	}

	/**
	 * Write a text in lower case.
	 * @param text the text
	 * @return the text in lower case; the same object if it already is
	 */
	public static String of(String text) {
		String dotted = (text.indexOf('\u0130') < 0) ? text : text.replace("\u0130", "i\u0307");
		return ((dotted.indexOf(SIGMA) < 0) ? dotted : withSmallSigmas(dotted)).toLowerCase(Locale.ROOT);
	}

	private static String withSmallSigmas(String text) {
		StringBuilder lower = new StringBuilder(text.replace(SIGMA, SMALL_SIGMA));
		BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
		words.setText(text);
		int start = 0;
		for (int end = words.next(); end != BreakIterator.DONE; end = words.next()) {
			writeFinalSigmas(text, start, end, lower);
			start = end;
		}
		return lower.toString();
	}

	/**
	 * A sigma is final if it is the last of several letters of a word.
	 */
	private static void writeFinalSigmas(String text, int start, int end, StringBuilder lower) {
		int letters = 0;
		int last = -1;
		int next;
		for (int i = start; i < end; i = next) {
			int c = text.codePointAt(i);
			next = i + Character.charCount(c);
			if (isCased(c)) {
				letters++;
				last = i;
			}
			// to the JDK, a word ends behind a supplementary character
			boolean ends = next == end || (i > 0 && Character.isSupplementaryCodePoint(c));
			if (ends && letters > 1 && text.charAt(last) == SIGMA) {
				lower.setCharAt(last, FINAL_SIGMA);
			}
			letters = ends ? 0 : letters;
		}
	}

	// the JDK's definition, which leaves out what Unicode calls cased since version 6.1
	private static boolean isCased(int c) {
		return switch (Character.getType(c)) {
			case Character.LOWERCASE_LETTER, Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> true;
			default -> isIn(c, 0x02B0, 0x02B8) || isIn(c, 0x02C0, 0x02C1) || isIn(c, 0x02E0, 0x02E4) || c == 0x0345
					|| c == 0x037A || isIn(c, 0x1D2C, 0x1D61) || isIn(c, 0x2160, 0x217F) || isIn(c, 0x24B6, 0x24E9);
		};
	}

	private static boolean isIn(int c, int first, int last) {
		return c >= first && c <= last;
	}

}
