package io.github.llmcache.language;

/**
 * A word, number or identifier of a prompt and the part that it plays there.
 *
 * @param kind what it does
 * @param text as typed, for details of a verdict
 * @param term what is compared: lower case, without inflection, one of several synonyms
 * @param name whether it is written like a proper name
 * @param place where it stands
 */
public record Token(TokenKind kind, String text, String term, boolean name, Place place) {

	/**
	 * Where a token stands among the others.
	 *
	 * @param relation group of the preposition that governs it, empty if there is none
	 * @param phrase number of the prepositional phrase it is part of, 0 if it is in none
	 * @param head index of the carrier just before that phrase, -1 if there is none
	 * @param linked whether a conjunction or comma links it to the carrier before it
	 */
	public record Place(String relation, int phrase, int head, boolean linked) {

		static final Place FREE = new Place("", 0, -1, false);

	}

	Token(TokenKind kind, String text, String term) {
		this(kind, text, term, false, Place.FREE);
	}

	/**
	 * Whether it is of a kind and means a term.
	 * @param kind the kind
	 * @param term the term
	 * @return whether both are equal
	 */
	public boolean is(TokenKind kind, String term) {
		return this.kind == kind && this.term.equals(term);
	}

	Token at(Place place) {
		return new Token(this.kind, this.text, this.term, this.name, place);
	}

}
