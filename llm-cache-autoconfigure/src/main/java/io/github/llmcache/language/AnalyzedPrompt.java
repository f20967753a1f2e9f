package io.github.llmcache.language;

import java.util.ArrayList;
import java.util.List;

/**
 * A prompt taken apart once, for all guards to share.
 *
 * @param tokens all that was found, in order
 * @param carriers the tokens that the answer depends on (words, names, numbers, dates,
 * identifiers), in order
 * @param quotes what stands in quotation marks, in lower case, and code, verbatim
 * @param words all words in lower case, each with a blank before and after it
 * @param english whether the words were read as English
 */
public record AnalyzedPrompt(List<Token> tokens, List<Token> carriers, List<String> quotes, String words,
		boolean english) {

	public AnalyzedPrompt {
		tokens = List.copyOf(tokens);
		carriers = List.copyOf(carriers);
		quotes = List.copyOf(quotes);
	}

	/**
	 * What the tokens of a kind mean, in order.
	 * @param kind the kind
	 * @return their terms
	 */
	public List<String> terms(TokenKind kind) {
		List<String> terms = new ArrayList<>();
		for (Token token : this.tokens) {
			if (token.kind() == kind) {
				terms.add(token.term());
			}
		}
		return terms;
	}

}
