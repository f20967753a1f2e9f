package io.github.llmcache.verify;

import java.util.List;

import io.github.llmcache.language.Token;
import io.github.llmcache.prompt.LowerCase;

/**
 * Distinguishes other names from other forms of a name: {@code German} and
 * {@code Germany}, {@code NYC} and {@code New York City}.
 */
final class Names {

	private static final int SHORTEST_STEM = 3;

	private static final int LONGEST_INITIALS = 6;

	private Names() {
	}

	/**
	 * Whether there are names among the words of both sides, and none of them is another
	 * form of what the other side says.
	 */
	static boolean differ(List<Token> words, List<Token> others) {
		return words.stream().anyMatch(Token::name) && others.stream().anyMatch(Token::name)
				&& words.stream().noneMatch((token) -> token.name() && isAlsoIn(token, others))
				&& others.stream().noneMatch((token) -> token.name() && isAlsoIn(token, words));
	}

	private static boolean isAlsoIn(Token name, List<Token> others) {
		String word = LowerCase.of(name.text());
		return others.stream().anyMatch((other) -> isForm(word, LowerCase.of(other.text())))
				|| (word.length() > 1 && word.length() <= LONGEST_INITIALS && initials(others).contains(word));
	}

	private static boolean isForm(String word, String other) {
		int shortest = Math.min(word.length(), other.length());
		int stem = Math.max(SHORTEST_STEM, shortest - 1);
		return stem <= shortest && word.regionMatches(0, other, 0, stem);
	}

	private static String initials(List<Token> words) {
		StringBuilder initials = new StringBuilder(words.size());
		words.forEach((word) -> initials.appendCodePoint(LowerCase.of(word.text()).codePointAt(0)));
		return initials.toString();
	}

}
