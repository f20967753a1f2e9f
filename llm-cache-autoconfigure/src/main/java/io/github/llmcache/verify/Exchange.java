package io.github.llmcache.verify;

import java.util.List;

import io.github.llmcache.language.Token;

/**
 * Recognises that two parts of a prompt have taken each other's places, and nothing else
 * has moved: {@code from Rome to Oslo}, {@code from Oslo to Rome}; {@code cats chase
 * dogs}, {@code dogs chase cats}.
 */
final class Exchange {

	private Exchange() {
	}

	/**
	 * Whether this is all that has happened to the carriers, each of which has a partner.
	 */
	static boolean isAll(Comparison comparison) {
		int[] partners = comparison.partners();
		int start = 0;
		while (start < partners.length && partners[start] == start) {
			start++;
		}
		int end = partners.length;
		while (end > start && partners[end - 1] == end - 1) {
			end--;
		}
		// first, middle, second -> second, middle, first
		int first = run(partners, start, end);
		int second = start;
		while (second < end && partners[second] != start) {
			second++;
		}
		int middle = second - first;
		boolean turned = second < end && middle >= 0 && run(partners, second, end) == end
				&& (middle == 0 || (partners[first] == start + end - second && run(partners, first, end) == second));
		return turned && arePlacesKept(comparison, start, second, middle == 0);
	}

	private static int run(int[] partners, int start, int limit) {
		int end = start + 1;
		while (end < limit && partners[end] == partners[end - 1] + 1) {
			end++;
		}
		return end;
	}

	// without a middle, only another preposition distinguishes "from a to b" from "a b"
	// and "b a"
	private static boolean arePlacesKept(Comparison comparison, int first, int second, boolean adjacent) {
		List<Token> prompt = comparison.prompt().carriers();
		List<Token> cached = comparison.cached().carriers();
		String one = prompt.get(first).place().relation();
		String two = prompt.get(second).place().relation();
		return one.equals(cached.get(comparison.partner(second)).place().relation())
				&& two.equals(cached.get(comparison.partner(first)).place().relation())
				&& (!adjacent || !one.equals(two));
	}

}
