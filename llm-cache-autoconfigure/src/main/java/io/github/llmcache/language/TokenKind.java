package io.github.llmcache.language;

/**
 * What a token does in a prompt.
 */
public enum TokenKind {

	ARTICLE, FILLER, AUXILIARY, PRONOUN, QUESTION, NEGATION, MODAL, QUANTIFIER, CONJUNCTION, PREPOSITION,

	DATE, NUMBER, IDENTIFIER, SYMBOL, CONTENT,

	COMMA, STOP;

	/**
	 * Whether the answer depends on the token itself, wherever it stands.
	 * @return whether it is a carrier
	 */
	public boolean isCarrier() {
		return this == DATE || this == NUMBER || this == IDENTIFIER || this == CONTENT;
	}

	/**
	 * Whether a preposition reaches over the token to the word that follows it.
	 */
	boolean isTransparent() {
		return this == ARTICLE || this == PRONOUN || this == QUANTIFIER || this == NEGATION;
	}

}
