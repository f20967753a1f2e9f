package io.github.llmcache.equivalence;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.llmcache.prompt.LowerCase;

/**
 * An answer's text in statements: sentences, items of lists, rows of tables, lines of
 * code.
 *
 * @param statements the statements, without the marks of lists
 */
record AnswerText(List<String> statements) {

	/** Nothing is read beyond this length: what decides stands early. */
	private static final int LONGEST = 4_000;

	private static final Pattern SENTENCES = Pattern.compile("(?<=[.!?:;])\\s+(?=[^\\p{Ll}])");

	private static final Pattern LIST_MARK = Pattern.compile("^(?:\\d{1,2}[.)]|[-*•–>#|]+)\\s+");

	/** Blanks, and punctuation before them; signs within code and numbers stay. */
	private static final Pattern SEPARATORS = Pattern.compile("[.,;:!?'\"]{0,3}(?:\\s+|$)");

	static AnswerText of(String text) {
		String read = text.substring(0, Math.min(text.length(), LONGEST));
		List<String> statements = new ArrayList<>();
		for (String line : read.lines().toList()) {
			String bare = LIST_MARK.matcher(line.strip()).replaceFirst("");
			if (!bare.isEmpty()) {
				statements.addAll(List.of(SENTENCES.split(bare)));
			}
		}
		return new AnswerText(statements);
	}

	/**
	 * The statements that the other answer does not have. Those that both have, word for
	 * word, are boilerplate, or at least make no difference.
	 */
	AnswerText without(AnswerText other) {
		Set<String> shared = other.statements.stream().map(AnswerText::words).collect(Collectors.toSet());
		return new AnswerText(
				this.statements.stream().filter((statement) -> !shared.contains(words(statement))).toList());
	}

	boolean isEmpty() {
		return this.statements.isEmpty();
	}

	String text() {
		return String.join("\n", this.statements);
	}

	/**
	 * The beginning, in whole words, within both limits.
	 */
	String beginning(int maxWords, int maxCharacters) {
		StringBuilder beginning = new StringBuilder();
		String[] words = text().split("\\s+");
		for (int i = 0; i < Math.min(words.length, maxWords); i++) {
			if (beginning.length() + words[i].length() >= maxCharacters) {
				break;
			}
			beginning.append(beginning.isEmpty() ? "" : " ").append(words[i]);
		}
		return beginning.toString();
	}

	/**
	 * A text's words in lower case, without the punctuation of sentences.
	 */
	static String words(String text) {
		return SEPARATORS.matcher(LowerCase.of(text)).replaceAll(" ").strip();
	}

}
