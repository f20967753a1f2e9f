package io.github.llmcache.language;

import java.util.ArrayList;
import java.util.List;

import io.github.llmcache.language.Token.Place;

/**
 * Finds out which preposition governs a word and which words a conjunction links.
 */
final class Places {

	private String relation = "";

	private int phrase;

	private int head = -1;

	private boolean governed;

	private boolean linked;

	private final List<Token> carriers = new ArrayList<>();

	private Places() {
	}

	/**
	 * The carriers among the tokens, each with its place.
	 */
	static List<Token> assign(List<Token> tokens) {
		Places places = new Places();
		tokens.forEach(places::read);
		return places.carriers;
	}

	private void read(Token token) {
		if (token.kind() == TokenKind.PREPOSITION) {
			this.relation = token.term();
			this.phrase++;
			this.head = this.carriers.size() - 1;
			this.governed = true;
			this.linked = false;
		}
		else if (token.kind().isCarrier()) {
			Place place = this.governed ? new Place(this.relation, this.phrase, this.head, this.linked)
					: new Place("", 0, -1, this.linked);
			this.carriers.add(token.at(place));
			this.linked = false;
		}
		else if (isLink(token)) {
			this.linked = true;
		}
		else if (!token.kind().isTransparent()) {
			this.governed = false;
			this.linked = false;
		}
	}

	private static boolean isLink(Token token) {
		return token.kind() == TokenKind.COMMA || token.is(TokenKind.CONJUNCTION, "versus")
				|| token.is(TokenKind.CONJUNCTION, "and") || token.is(TokenKind.CONJUNCTION, "or");
	}

}
