package io.github.llmcache.verify;

import java.util.List;

import io.github.llmcache.language.Token;
import io.github.llmcache.language.TokenKind;

/**
 * Finds out whether numbers that stand in another order have changed places, by the words
 * around them: {@code size 42 under 80 euros} is {@code under 80 euros, size 42}.
 */
enum NumberPlaces {

	SAME, UNCERTAIN, EXCHANGED;

	private static final int LONGEST = 40;

	static NumberPlaces compare(Comparison comparison) {
		List<Token> prompt = comparison.prompt().carriers();
		NumberPlaces places = SAME;
		for (int i = 0; i < prompt.size() && i < LONGEST; i++) {
			for (int j = i + 1; j < prompt.size() && j < LONGEST; j++) {
				if (isCrossed(comparison, i, j)) {
					NumberPlaces crossed = compare(comparison, i, j);
					places = (crossed.compareTo(places) > 0) ? crossed : places;
				}
			}
		}
		return places;
	}

	/**
	 * Whether another number stands beside a word that has one in the prompt, too.
	 */
	static boolean areInOnePlace(Comparison comparison, List<Token> numbers, List<Token> others) {
		List<Token> prompt = comparison.prompt().carriers();
		List<Token> cached = comparison.cached().carriers();
		for (int i = 0; i < prompt.size() && i < LONGEST; i++) {
			for (int j = 0; j < cached.size() && j < LONGEST; j++) {
				if (numbers.contains(prompt.get(i)) && others.contains(cached.get(j))
						&& (isSame(prompt, i - 1, cached, j - 1) || isSame(prompt, i + 1, cached, j + 1))) {
					return true;
				}
			}
		}
		return false;
	}

	private static boolean isCrossed(Comparison comparison, int i, int j) {
		List<Token> prompt = comparison.prompt().carriers();
		return prompt.get(i).kind() == TokenKind.NUMBER && prompt.get(j).kind() == TokenKind.NUMBER
				&& comparison.partner(j) >= 0 && comparison.partner(i) > comparison.partner(j);
	}

	private static NumberPlaces compare(Comparison comparison, int i, int j) {
		int own = common(comparison, i, comparison.partner(i)) + common(comparison, j, comparison.partner(j));
		int other = common(comparison, i, comparison.partner(j)) + common(comparison, j, comparison.partner(i));
		return (own < other) ? EXCHANGED : (own > other && isLinkedAlike(comparison)) ? SAME : UNCERTAIN;
	}

	// "15 percent of 240", "240 plus 15 percent"
	private static boolean isLinkedAlike(Comparison comparison) {
		return comparison.prompt()
			.terms(TokenKind.CONJUNCTION)
			.equals(comparison.cached().terms(TokenKind.CONJUNCTION));
	}

	/**
	 * How much of what stands around two numbers is the same.
	 */
	private static int common(Comparison comparison, int index, int cachedIndex) {
		List<Token> prompt = comparison.prompt().carriers();
		List<Token> cached = comparison.cached().carriers();
		String relation = prompt.get(index).place().relation();
		boolean sameRelation = !relation.isEmpty() && relation.equals(cached.get(cachedIndex).place().relation());
		return (isSame(prompt, index - 1, cached, cachedIndex - 1) ? 1 : 0)
				+ (isSame(prompt, index + 1, cached, cachedIndex + 1) ? 1 : 0) + (sameRelation ? 1 : 0);
	}

	private static boolean isSame(List<Token> prompt, int i, List<Token> cached, int j) {
		return i >= 0 && i < prompt.size() && j >= 0 && j < cached.size() && prompt.get(i).kind() != TokenKind.NUMBER
				&& prompt.get(i).term().equals(cached.get(j).term());
	}

}
