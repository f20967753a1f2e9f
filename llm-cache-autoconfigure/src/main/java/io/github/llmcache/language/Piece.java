package io.github.llmcache.language;

/**
 * A run of characters that belongs together, before anything is known about its meaning.
 *
 * @param type what it is made of
 * @param text as typed, or as a phrase was rewritten
 * @param word in lower case
 * @param first whether it opens a sentence
 * @param quoted whether it stands inside quotation marks
 */
record Piece(Type type, String text, String word, boolean first, boolean quoted) {

	enum Type {

		WORD, NUMBER, IDENTIFIER, SYMBOL, COMMA, STOP

	}

	Piece reworded(String rewritten) {
		return new Piece(Type.WORD, rewritten, rewritten, this.first, this.quoted);
	}

	Piece opening() {
		return new Piece(this.type, this.text, this.word, true, this.quoted);
	}

	Piece following() {
		return new Piece(this.type, this.text, this.word, false, this.quoted);
	}

	boolean isPlainWord() {
		return this.type == Type.WORD && !this.quoted;
	}

	boolean isCapitalized() {
		return this.type == Type.WORD && Character.isUpperCase(this.text.codePointAt(0));
	}

}
