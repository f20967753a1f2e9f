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
