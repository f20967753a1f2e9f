package io.github.llmcache.prompt;

import java.util.List;
import java.util.Random;

/**
 * Random texts of what is special to normalisation, folding and verification, most of it
 * outside of ASCII, and of what a text is usually made of.
 */
public final class RandomPrompts {

	private static final List<String> PARTS = List.of(" ", " ", " ", " ", "\t", "\r\n", "\u0085", "\u00a0", "\u2003",
			"\u2028", "\u200b", "\u0000", ".", "..", "?", "!", ",", ":", "…", ")", " (", "¿", "¡", "'", "’", "-", "/",
			"+", "%", "*", "&", "$", "5", "20", "1.5", "٣", "3rd", "2026-05-01", "million", "dozen", "second", "may",
			"Σ", "Σ", "σ", "ς", "ΑΣ", "İ", "I", "ı", "ß", "ŉ", "ǅ", "ﬁ", "ᾈ", "ª", "ͅ", "ʰ", "Ⅳ", "\u0301", "\u0327",
			"\u0344", "\ud83d\ude00", "\ud801\udc00", "\ud835\udc00", "\ud83d", "\ude00", "é", "Ä", "日", "本語", "привет",
			"МИР", "مرحبا", "नमस्ते", "한국", "US", "WHO", "it", "iPhone6", "C++", "a1b2", "don't", "n't", "can't",
			"it's", "do", "not", "no", "turn", "on", "off", "how", "what", "is", "of", "by", "from", "to", "and", "or",
			"versus", "best", "dating", "Kim", "you", "me", "talk");

	private static final List<String> VERBATIM = List.of("\"", "“", "”", "«", "`", "```", "=", "<", "[", "]", "(", "()",
			"‘", "http://x.y", "a_b", "@me", "\n", "#1", "~", "\\");

	/**
	 * First characters of what has letters in two cases, digits, marks or blanks: Latin
	 * and its extensions, Greek, Cyrillic, Armenian, Hebrew, Arabic, Devanagari, Thai,
	 * Georgian, Hangul, Cherokee, punctuation, letter-like signs, numerals, kana, Han,
	 * presentation forms, full widths, Deseret, mathematical letters, Adlam, emoji, tags.
	 */
	private static final List<Integer> BLOCKS = List.of(0x0000, 0x0080, 0x0100, 0x0180, 0x0250, 0x0370, 0x0400, 0x0530,
			0x0590, 0x0600, 0x0900, 0x0E00, 0x10A0, 0x1100, 0x13A0, 0x1D00, 0x1E00, 0x1F00, 0x1F80, 0x2000, 0x2100,
			0x2160, 0x2460, 0x2C00, 0x2C80, 0x3000, 0x3040, 0x4E00, 0xA640, 0xA720, 0xAB70, 0xAC00, 0xFB00, 0xFF00,
			0x10400, 0x1D400, 0x1D7C0, 0x1E900, 0x1F600, 0xE0000);

	private RandomPrompts() {
	}

	/**
	 * A text without code and quotations, mostly.
	 */
	static String of(Random random, int parts) {
		return of(random, parts, 200);
	}

	/**
	 * A text with code and quotations.
	 */
	public static String withCode(Random random, int parts) {
		return of(random, parts, 8);
	}

	/**
	 * A text of characters that come from few blocks of Unicode each time, with marks and
	 * halves of characters between them.
	 */
	static String ofRandomBlocks(Random random, int characters) {
		int[] blocks = random.ints(1 + random.nextInt(3), 0, BLOCKS.size()).toArray();
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < characters; i++) {
			switch (random.nextInt(12)) {
				case 0, 1 -> text.append(' ');
				case 2 -> text.append(PARTS.get(random.nextInt(PARTS.size())));
				case 3 -> text.append(Character.toString(0x0300 + random.nextInt(0x70)));
				case 4 -> text.append((char) (0xD800 + random.nextInt(0x800)));
				default -> text.append(
						Character.toString(BLOCKS.get(blocks[random.nextInt(blocks.length)]) + random.nextInt(0x80)));
			}
		}
		return text.toString();
	}

	private static String of(Random random, int parts, int verbatim) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < parts; i++) {
			List<String> from = (random.nextInt(verbatim) == 0) ? VERBATIM : PARTS;
			text.append((random.nextInt(20) == 0) ? Character.toString(random.nextInt(0x20000))
					: from.get(random.nextInt(from.size())));
		}
		return text.toString();
	}

}
