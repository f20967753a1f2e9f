package io.github.llmcache.verify;

import java.util.List;

/**
 * A prompt taken apart once, for all guards to share.
 *
 * @param tokens all that was found, in order
 * @param carriers the tokens that the answer hangs on (words, names, numbers, dates,
 * identifiers), in order
 * @param quotes what stands in quotation marks, in lower case, and code, verbatim
 * @param words all words in lower case, each with a blank before and after it
 */
record AnalyzedPrompt(List<Token> tokens, List<Token> carriers, List<String> quotes, String words) {

	AnalyzedPrompt {
		tokens = List.copyOf(tokens);
		carriers = List.copyOf(carriers);
		quotes = List.copyOf(quotes);
	}

	/**
	 * What the tokens of a kind mean, in order.
	 */
	List<String> terms(TokenKind kind) {
		return this.tokens.stream().filter((token) -> token.kind() == kind).map(Token::term).toList();
	}

}
