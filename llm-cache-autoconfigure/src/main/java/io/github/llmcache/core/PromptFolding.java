package io.github.llmcache.core;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes prompts equal that differ only in case, sentence punctuation and blanks, for the
 * keys of semantic tasks.
 * <p>
 * A prompt stays as it is if it holds code, quoted text, addresses or several lines,
 * where these carry meaning. Within a word they do, too: in numbers ({@code 1.5}),
 * identifiers ({@code iPhone6}) and names such as {@code C++}. A word in capitals keeps
 * them if it is another word without: {@code US}, {@code IT}, {@code WHO}.
 */
final class PromptFolding {

	/** What holds code, markup, a quotation, an address or a second line. */
	private static final Pattern VERBATIM = Pattern
		.compile("[\"“”„«»`{}<>=\\\\|\\[\\]~^;@#_\\n]|://|(?:^|\\s)['‘]|\\S\\(");

	private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

	private static final Pattern PUNCTUATION = Pattern.compile("^[(¿¡]+|[?!.,:…)]+$");

	private static final Pattern IDENTIFIER = Pattern.compile("\\p{Ll}\\p{Lu}|\\p{L}\\d|\\d\\p{L}");

	private static final Set<String> OTHER_WITHOUT_CAPITALS = Set.of("US", "IT", "WHO", "AIDS", "ACT", "CAT", "SAT");

	private PromptFolding() {
	}

	/**
	 * Fold a prompt. Folding twice changes nothing more.
	 * @param prompt the prompt, normalised
	 * @return the folded prompt; the prompt itself if nothing would be left
	 */
	static String fold(String prompt) {
		if (VERBATIM.matcher(prompt).find()) {
			return prompt;
		}
		boolean shouted = prompt.equals(prompt.toUpperCase(Locale.ROOT));
		StringBuilder folded = new StringBuilder(prompt.length());
		for (String token : BLANKS.split(prompt)) {
			String word = isPlain(token) ? token : PUNCTUATION.matcher(token).replaceAll("");
			if (!word.isEmpty()) {
				folded.append(folded.isEmpty() ? "" : " ").append(foldWord(word, shouted));
			}
		}
		return folded.isEmpty() ? prompt : folded.toString();
	}

	private static boolean isPlain(String token) {
		return !token.isEmpty() && Character.isLetterOrDigit(token.charAt(0))
				&& Character.isLetterOrDigit(token.charAt(token.length() - 1));
	}

	private static String foldWord(String word, boolean shouted) {
		if (IDENTIFIER.matcher(word).find() || (!shouted && OTHER_WITHOUT_CAPITALS.contains(word))) {
			return word;
		}
		return word.toLowerCase(Locale.ROOT).replace('’', '\'');
	}

}
