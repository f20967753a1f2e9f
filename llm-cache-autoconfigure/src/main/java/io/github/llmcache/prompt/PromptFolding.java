package io.github.llmcache.prompt;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Makes prompts equal that differ only in case, sentence punctuation and blanks, for the
 * keys of semantic tasks.
 * <p>
 * A prompt stays as it is if it holds code, quoted text, addresses or several lines,
 * where these carry meaning. Within a word they do, too: in numbers ({@code 1.5}),
 * identifiers ({@code iPhone6}) and names such as {@code C++}. A word in capitals keeps
 * them if it is another word without: {@code US}, {@code IT}, {@code WHO}.
 * <p>
 * Linear in the length of the prompt. Stored keys depend on every detail.
 */
public final class PromptFolding {

	/** The type of an ASCII digit, beside those of {@link Character#getType(int)}. */
	private static final int FIGURE = -1;

	/** A line end that nothing else takes for a blank. */
	private static final char NEXT_LINE = '\u0085';

	private static final Set<String> OTHER_WITHOUT_CAPITALS = Set.of("US", "IT", "WHO", "AIDS", "ACT", "CAT", "SAT");

	private final String prompt;

	private final StringBuilder folded;

	private @Nullable Boolean shouted;

	private PromptFolding(String prompt) {
		this.prompt = prompt;
		this.folded = new StringBuilder(prompt.length());
	}

	/**
	 * Fold a prompt. Folding twice changes nothing more.
	 * @param prompt the prompt, normalised
	 * @return the folded prompt; the prompt itself if nothing would be left
	 */
	public static String fold(String prompt) {
		return isVerbatim(prompt) ? prompt : new PromptFolding(prompt).fold();
	}

	/**
	 * Whether anything occurs that is used in code, markup, quotations and addresses, or
	 * between lines. Character by character, because patterns take nine times as long.
	 */
	private static boolean isVerbatim(String prompt) {
		for (int i = 0; i < prompt.length(); i++) {
			boolean verbatim = switch (prompt.charAt(i)) {
				case '"', '“', '”', '„', '«', '»', '`', '{', '}', '<', '>', '=', '\\', '|', '[', ']', '~', '^', ';',
						'@', '#', '_', '\n' ->
					true;
				case '\'', '‘' -> opensWord(prompt, i);
				case '(' -> !opensWord(prompt, i);
				case ':' -> prompt.startsWith("://", i);
				default -> false;
			};
			if (verbatim) {
				return true;
			}
		}
		return false;
	}

	private static boolean opensWord(String prompt, int index) {
		return index == 0 || isAsciiBlank(prompt.charAt(index - 1));
	}

	private String fold() {
		int start = 0;
		for (int i = 0; i <= this.prompt.length(); i++) {
			if (i == this.prompt.length() || isBlank(this.prompt.charAt(i))) {
				addWord(start, i);
				start = i + 1;
			}
		}
		return this.folded.isEmpty() ? this.prompt : this.folded.toString();
	}

	private void addWord(int from, int to) {
		int start = from;
		while (start < to && isOpening(this.prompt.charAt(start))) {
			start++;
		}
		int last = (to > start && this.prompt.charAt(to - 1) == NEXT_LINE) ? to - 1 : to;
		int end = last;
		while (end > start && isClosing(this.prompt.charAt(end - 1))) {
			end--;
		}
		String word = this.prompt.substring(start, end);
		if (last < to) {
			word += NEXT_LINE;
		}
		if (!word.isEmpty()) {
			if (!this.folded.isEmpty()) {
				this.folded.append(' ');
			}
			this.folded.append(foldWord(word));
		}
	}

	private String foldWord(String word) {
		if (isIdentifier(word) || (OTHER_WITHOUT_CAPITALS.contains(word) && !isShouted())) {
			return word;
		}
		return LowerCase.of(word).replace('’', '\'');
	}

	/**
	 * Whether a capital follows a small letter, or letters and figures are mixed.
	 */
	private static boolean isIdentifier(String word) {
		int last = Character.UNASSIGNED;
		for (int i = 0; i < word.length();) {
			int c = word.codePointAt(i);
			int type = (c >= '0' && c <= '9') ? FIGURE : Character.getType(c);
			if ((last == Character.LOWERCASE_LETTER && type == Character.UPPERCASE_LETTER)
					|| (isLetter(last) && type == FIGURE) || (last == FIGURE && isLetter(type))) {
				return true;
			}
			last = type;
			i += Character.charCount(c);
		}
		return false;
	}

	private static boolean isLetter(int type) {
		return switch (type) {
			case Character.UPPERCASE_LETTER, Character.LOWERCASE_LETTER, Character.TITLECASE_LETTER,
					Character.MODIFIER_LETTER, Character.OTHER_LETTER ->
				true;
			default -> false;
		};
	}

	/**
	 * Whether no letter would be another one in upper case.
	 */
	private boolean isShouted() {
		if (this.shouted == null) {
			this.shouted = this.prompt.codePoints()
				.allMatch((c) -> c == Character.toUpperCase(c) && !isSpeltInUpperCase(c));
		}
		return this.shouted;
	}

	// ß has no upper case of its own: it becomes SS
	private static boolean isSpeltInUpperCase(int c) {
		return (Character.isLowerCase(c) || Character.isTitleCase(c))
				&& !Character.toString(c).equals(Character.toString(c).toUpperCase(Locale.ROOT));
	}

	private static boolean isOpening(char c) {
		return c == '(' || c == '¿' || c == '¡';
	}

	private static boolean isClosing(char c) {
		return switch (c) {
			case '?', '!', '.', ',', ':', '…', ')' -> true;
			default -> false;
		};
	}

	private static boolean isBlank(char c) {
		return isAsciiBlank(c) || Character.isSpaceChar(c);
	}

	private static boolean isAsciiBlank(char c) {
		return c == ' ' || (c >= '\t' && c <= '\r');
	}

}
