package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.llmcache.language.Token.Place;
import io.github.llmcache.language.Token;

/**
 * Knows in which ways words may change places and mean the same.
 */
final class Reordering {

	private static final Set<String> ATTRIBUTES = Set.of("of", "agent", "source", "place", "topic", "goal");

	private static final Set<String> SYMMETRIC = Set.of("marri", "engag", "relat", "connect", "friend", "acquaintanc",
			"partner", "sibl", "cousin", "neighbor", "similar", "differ", "different", "equal", "equivalent", "compar",
			"compatibl", "identical", "married", "roommat", "classmat", "colleagu", "clos");

	/** Stems of verbs whose subject and object can be exchanged. */
	private static final Set<String> MUTUAL_VERBS = Set.of("dat");

	private static final int LONGEST = 40;

	/**
	 * Whether one prompt is the other one in the passive voice ("does Kim like Lee", "is
	 * Lee liked by Kim"), or with a mutual relation seen from the other end ("is Kim
	 * married to Lee", "is Kim dating Lee").
	 */
	boolean isTurned(Comparison comparison) {
		List<Token> prompt = comparison.prompt().carriers();
		List<Token> cached = comparison.cached().carriers();
		return isTurned(prompt, cached, comparison.partners())
				|| isTurned(cached, prompt, comparison.reversePartners());
	}

	private static boolean isTurned(List<Token> carriers, List<Token> others, int[] partners) {
		if (carriers.size() > LONGEST) {
			return false;
		}
		boolean active = others.stream().noneMatch((token) -> token.place().relation().equals("agent"));
		for (int i = 2; i < carriers.size(); i++) {
			Place place = carriers.get(i).place();
			boolean mutualVerb = place.relation().isEmpty() && MUTUAL_VERBS.contains(carriers.get(i - 1).term());
			int head = mutualVerb ? i - 1 : place.head();
			if (head == i - 1 && head > 0
					&& ((active && place.relation().equals("agent")) || mutualVerb || isMutual(carriers, i))
					&& isTurnedAround(head, endOfPhrase(carriers, i), partners)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isMutual(List<Token> carriers, int index) {
		String relation = carriers.get(index).place().relation();
		return SYMMETRIC.contains(carriers.get(index - 1).term()) && (relation.equals("goal")
				|| relation.equals("company") || relation.equals("of") || relation.equals("source"));
	}

	private static int endOfPhrase(List<Token> carriers, int start) {
		int end = start;
		while (end < carriers.size() && carriers.get(end).place().phrase() == carriers.get(start).place().phrase()) {
			end++;
		}
		return end;
	}

	// subject, head, phrase, rest -> phrase, head, subject, rest
	private static boolean isTurnedAround(int head, int end, int[] partners) {
		int phrase = end - head - 1;
		for (int i = 0; i < partners.length; i++) {
			int expected = (i < head) ? phrase + 1 + i : (i == head) ? phrase : (i < end) ? i - head - 1 : i;
			if (partners[i] != expected) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether only linked words ("cats and dogs"), prepositional phrases ("from a to b")
	 * or attributes ("papers by Kim", "Kim papers") have changed places.
	 */
	boolean isHarmless(Comparison comparison) {
		List<Token> prompt = comparison.prompt().carriers();
		if (prompt.size() > LONGEST) {
			return false;
		}
		if (isSwappedAroundLink(prompt, comparison.cached().carriers(), comparison.partners())) {
			return true;
		}
		for (int i = 0; i < prompt.size(); i++) {
			for (int j = i + 1; j < prompt.size(); j++) {
				if (comparison.partner(i) > comparison.partner(j) && !mayChangePlaces(comparison, i, j)) {
					return false;
				}
			}
		}
		return true;
	}

	// a "x and y" b -> a "y and x" b
	private static boolean isSwappedAroundLink(List<Token> prompt, List<Token> cached, int[] partners) {
		int start = 0;
		while (partners[start] == start) {
			start++;
		}
		int end = partners.length;
		while (partners[end - 1] == end - 1) {
			end--;
		}
		int shift = partners[start] - start;
		int middle = end - shift;
		if (shift <= 0 || middle <= start || !prompt.get(middle).place().linked()
				|| !cached.get(start + shift).place().linked()) {
			return false;
		}
		for (int i = start; i < end; i++) {
			if (partners[i] != ((i < middle) ? i + shift : start + i - middle)) {
				return false;
			}
		}
		return true;
	}

	// i stands before j in the prompt, and j before i in the cached one
	private static boolean mayChangePlaces(Comparison comparison, int i, int j) {
		List<Token> prompt = comparison.prompt().carriers();
		List<Token> cached = comparison.cached().carriers();
		int ci = comparison.partner(i);
		int cj = comparison.partner(j);
		if (j == i + 1 && prompt.get(j).place().linked() && ci == cj + 1 && cached.get(ci).place().linked()) {
			return true;
		}
		if (isBest(prompt.get(i), i) || isBest(cached.get(cj), cj)) {
			return true;
		}
		return isMovedPhrase(prompt.get(i), prompt.get(j), cached.get(ci), cached.get(cj))
				|| isAttribute(prompt, comparison.reversePartners(), i, j, cached, ci, cj)
				|| isAttribute(cached, comparison.partners(), cj, ci, prompt, j, i);
	}

	// "which is the best X", "which X is best"
	private static boolean isBest(Token token, int index) {
		return index == 0 && token.text().equalsIgnoreCase("best");
	}

	private static boolean isMovedPhrase(Token one, Token two, Token cachedOne, Token cachedTwo) {
		if (!sameRelation(one, cachedOne) || !sameRelation(two, cachedTwo)) {
			return false;
		}
		return !one.place().relation().equals(two.place().relation());
	}

	private static boolean sameRelation(Token one, Token other) {
		return one.place().relation().equals(other.place().relation()) && !one.place().relation().equals("of");
	}

	// "kim papers" here, "papers by kim" there: the whole phrase stands before its head
	private static boolean isAttribute(List<Token> here, int[] partners, int attribute, int head, List<Token> there,
			int thereAttribute, int thereHead) {
		Place place = there.get(thereAttribute).place();
		if (thereHead > place.head() || !ATTRIBUTES.contains(place.relation())
				|| here.get(attribute).place().phrase() != here.get(head).place().phrase()) {
			return false;
		}
		int hereHead = partners[place.head()];
		for (int i = place.head() + 1; i < there.size() && there.get(i).place().phrase() == place.phrase(); i++) {
			if (partners[i] > hereHead) {
				return false;
			}
		}
		return true;
	}

}
