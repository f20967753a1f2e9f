package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.Lexicon;
import io.github.llmcache.language.Token;
import io.github.llmcache.language.TokenKind;

/**
 * What a prompt denies.
 *
 * @param word the negation
 * @param denied index of the carrier that it stands before, {@link #NOTHING} at the end,
 * {@link #UNKNOWN} behind an inverted verb ("why can't the ...")
 * @param adverb the small word right after it ("not here"), or an empty text
 */
record Negation(String word, int denied, String adverb) {

	static final int NOTHING = Integer.MAX_VALUE;

	static final int UNKNOWN = -1;

	/** Whether there is none or it is denied makes no difference. */
	private static final Set<String> PLAIN = Set.of("not", "no", "without", "non");

	boolean isPlain() {
		return PLAIN.contains(this.word);
	}

	/**
	 * Whether it may deny anything ("hardly", "nobody", at the end).
	 */
	boolean deniesUnknown() {
		return !isPlain() && (this.denied == UNKNOWN || this.denied == NOTHING);
	}

	String kind() {
		return isPlain() ? "not" : this.word;
	}

	/**
	 * All negations of a prompt, in order.
	 */
	static List<Negation> of(AnalyzedPrompt prompt, Lexicon lexicon) {
		List<Negation> negations = new ArrayList<>();
		List<Token> tokens = prompt.tokens();
		boolean inverted = false;
		boolean opening = true;
		for (int i = 0, carriers = 0; i < tokens.size(); i++) {
			Token token = tokens.get(i);
			if (token.kind() == TokenKind.NEGATION && !isAlternative(tokens, i)) {
				int denied = firstOfWeight(prompt.carriers(), carriers, lexicon);
				boolean order = inverted && isOrder(tokens, i);
				negations
					.add(new Negation(token.term(), (inverted && !order) ? UNKNOWN : denied, adverb(tokens, i + 1)));
			}
			inverted = token.kind() == TokenKind.QUESTION
					|| (opening && (token.kind() == TokenKind.AUXILIARY || token.kind() == TokenKind.MODAL));
			opening = token.kind() == TokenKind.STOP || token.kind() == TokenKind.QUESTION;
			carriers += token.kind().isCarrier() ? 1 : 0;
		}
		return negations;
	}

	// "do not open ...", not "do not you ..."
	private static boolean isOrder(List<Token> tokens, int index) {
		return tokens.get(index - 1).text().equalsIgnoreCase("do") && index + 1 < tokens.size()
				&& tokens.get(index + 1).kind().isCarrier();
	}

	// "or not", "yes or no"
	private static boolean isAlternative(List<Token> tokens, int index) {
		return index > 0 && tokens.get(index - 1).is(TokenKind.CONJUNCTION, "or")
				&& (index + 1 == tokens.size() || tokens.get(index + 1).kind() == TokenKind.STOP);
	}

	private static int firstOfWeight(List<Token> carriers, int start, Lexicon lexicon) {
		int index = start;
		while (index < carriers.size() - 1 && lexicon.isLight(carriers.get(index))) {
			index++;
		}
		return (index < carriers.size()) ? index : NOTHING;
	}

	private static String adverb(List<Token> tokens, int index) {
		boolean follows = index < tokens.size() && tokens.get(index).kind() == TokenKind.FILLER;
		return follows ? tokens.get(index).text() : "";
	}

}
