package io.github.llmcache.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.Lexicon;
import io.github.llmcache.language.Token;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.prompt.LowerCase;

/**
 * Two analysed prompts and which carrier of the one stands for which of the other.
 */
final class Comparison {

	private static final int UNMATCHED = -1;

	// when more words differ, these are no longer typing errors
	private static final int MOST_SLIPS = 8;

	private final AnalyzedPrompt prompt;

	private final AnalyzedPrompt cached;

	private final Lexicon lexicon;

	private final int[] partners;

	private final boolean[] taken;

	private Comparison(AnalyzedPrompt prompt, AnalyzedPrompt cached, Lexicon lexicon) {
		this.prompt = prompt;
		this.cached = cached;
		this.lexicon = lexicon;
		this.partners = new int[prompt.carriers().size()];
		this.taken = new boolean[cached.carriers().size()];
	}

	static Comparison of(AnalyzedPrompt prompt, AnalyzedPrompt cached, Lexicon lexicon) {
		Comparison comparison = new Comparison(prompt, cached, lexicon);
		comparison.matchEqual();
		if (prompt.english() && cached.english()) {
			comparison.matchSlips();
		}
		return comparison;
	}

	AnalyzedPrompt prompt() {
		return this.prompt;
	}

	AnalyzedPrompt cached() {
		return this.cached;
	}

	/**
	 * The index of the partner that a carrier of the prompt has in the cached prompt, or
	 * a negative number.
	 */
	int partner(int index) {
		return this.partners[index];
	}

	int[] partners() {
		return this.partners;
	}

	/**
	 * For each carrier of the cached prompt the index of its partner in the prompt.
	 */
	int[] reversePartners() {
		int[] reverse = new int[this.taken.length];
		Arrays.fill(reverse, UNMATCHED);
		for (int i = 0; i < this.partners.length; i++) {
			if (this.partners[i] != UNMATCHED) {
				reverse[this.partners[i]] = i;
			}
		}
		return reverse;
	}

	/**
	 * Whether any carrier has a partner.
	 */
	boolean hasPartners() {
		return Arrays.stream(this.partners).anyMatch((partner) -> partner >= 0);
	}

	/**
	 * Whether every carrier has a partner.
	 */
	boolean isComplete() {
		return this.partners.length == this.taken.length && Arrays.stream(this.partners).noneMatch((i) -> i < 0);
	}

	/**
	 * Whether the prompts have all words in common, but for light ones and for what is
	 * compared by itself: numbers, dates and identifiers.
	 */
	boolean isSameContent() {
		return Stream.of(onlyInPrompt(), onlyInCached())
			.flatMap(List::stream)
			.allMatch((token) -> token.kind() != TokenKind.CONTENT || this.lexicon.isLight(token));
	}

	/**
	 * The same two prompts, each in the other's place.
	 */
	Comparison reversed() {
		Comparison reversed = new Comparison(this.cached, this.prompt, this.lexicon);
		System.arraycopy(reversePartners(), 0, reversed.partners, 0, reversed.partners.length);
		for (int i = 0; i < this.partners.length; i++) {
			reversed.taken[i] = this.partners[i] != UNMATCHED;
		}
		return reversed;
	}

	/**
	 * Whether the carriers that have partners stand in the same order.
	 */
	boolean isOrdered() {
		int last = UNMATCHED;
		for (int partner : this.partners) {
			if (partner >= 0 && partner < last) {
				return false;
			}
			last = Math.max(last, partner);
		}
		return true;
	}

	/**
	 * The carriers of the prompt that have no partner.
	 */
	List<Token> onlyInPrompt() {
		List<Token> unmatched = new ArrayList<>();
		for (int i = 0; i < this.partners.length; i++) {
			if (this.partners[i] == UNMATCHED) {
				unmatched.add(this.prompt.carriers().get(i));
			}
		}
		return unmatched;
	}

	/**
	 * The carriers of the cached prompt that have no partner.
	 */
	List<Token> onlyInCached() {
		List<Token> unmatched = new ArrayList<>();
		for (int i = 0; i < this.taken.length; i++) {
			if (!this.taken[i]) {
				unmatched.add(this.cached.carriers().get(i));
			}
		}
		return unmatched;
	}

	private void matchEqual() {
		Map<String, Deque<Integer>> places = new HashMap<>();
		List<Token> carriers = this.cached.carriers();
		for (int i = 0; i < carriers.size(); i++) {
			places.computeIfAbsent(carriers.get(i).term(), (term) -> new ArrayDeque<>()).add(i);
		}
		Arrays.fill(this.partners, UNMATCHED);
		for (int i = 0; i < this.partners.length; i++) {
			Deque<Integer> found = places.get(this.prompt.carriers().get(i).term());
			if (found != null && !found.isEmpty()) {
				match(i, found.remove());
			}
		}
	}

	private void matchSlips() {
		if (Math.max(onlyInPrompt().size(), onlyInCached().size()) > MOST_SLIPS) {
			return;
		}
		for (int i = 0; i < this.partners.length; i++) {
			for (int j = 0; j < this.taken.length && this.partners[i] == UNMATCHED; j++) {
				if (!this.taken[j] && isSlip(i, j)) {
					match(i, j);
				}
			}
		}
	}

	private boolean isSlip(int i, int j) {
		Token one = this.prompt.carriers().get(i);
		Token other = this.cached.carriers().get(j);
		return one.kind() == TokenKind.CONTENT && other.kind() == TokenKind.CONTENT
				&& this.lexicon.isSlip(LowerCase.of(one.text()), LowerCase.of(other.text()));
	}

	private void match(int i, int j) {
		this.partners[i] = j;
		this.taken[j] = true;
	}

}
