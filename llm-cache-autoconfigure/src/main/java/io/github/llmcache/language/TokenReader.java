package io.github.llmcache.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.Piece.Type;
import io.github.llmcache.language.Token.Place;

/**
 * Says what each piece of a prompt does, by the piece itself and its neighbours. Holds
 * the state of one prompt: not for reuse.
 */
final class TokenReader {

	private static final Set<String> BEFORE_MONTH = Set.of("in", "since", "until", "last", "next", "early", "late",
			"mid");

	private static final Set<String> ACRONYMS = Set.of("IT", "US", "WHO");

	private static final Set<String> OBJECTS = Set.of("me", "us", "you", "him", "them");

	private static final Set<String> AFTER_PARTICLE = Set.of("please", "now", "ok", "okay", "kindly", "then", "again");

	private static final Set<String> DO = Set.of("do", "does", "did");

	private final List<Piece> pieces;

	private final boolean cased;

	private final Lexicon lexicon;

	private final List<Token> tokens;

	TokenReader(List<Piece> pieces, boolean cased, Lexicon lexicon) {
		this.pieces = pieces;
		this.cased = cased;
		this.lexicon = lexicon;
		this.tokens = new ArrayList<>(pieces.size());
	}

	List<Token> tokens() {
		for (int i = 0; i < this.pieces.size(); i++) {
			Piece piece = this.pieces.get(i);
			switch (piece.type()) {
				case NUMBER -> addNumber(piece, piece.word());
				case IDENTIFIER -> add(TokenKind.IDENTIFIER, piece, piece.quoted() ? piece.text() : piece.word());
				case SYMBOL -> add(TokenKind.SYMBOL, piece, piece.text());
				case COMMA -> add(TokenKind.COMMA, piece, ",");
				case STOP -> add(TokenKind.STOP, piece, ".");
				case WORD -> addWord(piece, i);
			}
		}
		return this.tokens;
	}

	private void addWord(Piece piece, int index) {
		String number = numberOf(piece.word());
		Lexicon.Function function = this.lexicon.function(piece.word());
		if (number != null) {
			addNumber(piece, number);
		}
		else if (isMonth(index)) {
			add(TokenKind.DATE, piece, piece.word());
		}
		else if (function == null || isAcronym(piece)) {
			addContent(piece);
		}
		else if (piece.quoted()) {
			add(TokenKind.FILLER, piece, "");
		}
		else {
			addFunction(piece, index, function);
		}
	}

	private void addContent(Piece piece) {
		boolean name = this.cased && !piece.first() && piece.isCapitalized();
		this.tokens.add(new Token(TokenKind.CONTENT, piece.text(), this.lexicon.term(piece.word()), name, Place.FREE));
	}

	private void addFunction(Piece piece, int index, Lexicon.Function function) {
		boolean content = switch (function.kind()) {
			case AUXILIARY -> isMainVerb(piece, index);
			case PREPOSITION -> isParticle(index) && (piece.word().equals("on") || !function.group().equals("place"));
			case PRONOUN -> isComplement(piece, index);
			default -> false;
		};
		if (content) {
			String term = function.group().isEmpty() || piece.word().equals("on") ? piece.word() : function.group();
			add(TokenKind.CONTENT, piece, (function.kind() == TokenKind.AUXILIARY) ? "do" : term);
		}
		else if (function.kind() == TokenKind.QUESTION && isDegree(piece, index)) {
			add(TokenKind.QUESTION, piece, "how-degree");
		}
		else {
			add(function.kind(), piece, function.group());
		}
	}

	// "lamp on", "lamp on please"
	private boolean isParticle(int index) {
		int next = index + 1;
		while (next < this.pieces.size() && AFTER_PARTICLE.contains(this.pieces.get(next).word())) {
			next++;
		}
		return endsSentence(next);
	}

	// "what does it do", "what I do": the subject does not follow
	private boolean isMainVerb(Piece piece, int index) {
		if (!DO.contains(piece.word())) {
			return false;
		}
		TokenKind last = this.tokens.isEmpty() ? TokenKind.STOP : this.tokens.get(this.tokens.size() - 1).kind();
		return last == TokenKind.PRONOUN || endsSentence(index + 1) || kindAt(index + 1) == TokenKind.PREPOSITION;
	}

	// "talk to me" says more than "talk"
	private boolean isComplement(Piece piece, int index) {
		Token last = this.tokens.isEmpty() ? null : this.tokens.get(this.tokens.size() - 1);
		return last != null && last.kind() == TokenKind.PREPOSITION && OBJECTS.contains(piece.word())
				&& !last.text().equalsIgnoreCase("for") && !last.term().equals("of")
				&& kindAt(index + 1) != TokenKind.CONTENT;
	}

	// "how great are you": an adjective, not a verb, follows
	private boolean isDegree(Piece piece, int index) {
		return piece.word().equals("how") && kindAt(index + 1) == TokenKind.CONTENT;
	}

	private TokenKind kindAt(int index) {
		if (index >= this.pieces.size()) {
			return TokenKind.STOP;
		}
		Piece piece = this.pieces.get(index);
		if (piece.type() == Type.WORD) {
			Lexicon.Function function = this.lexicon.function(piece.word());
			return (function != null) ? function.kind() : TokenKind.CONTENT;
		}
		return TokenKind.valueOf(piece.type().name());
	}

	private boolean endsSentence(int index) {
		return index >= this.pieces.size() || this.pieces.get(index).type() == Type.STOP;
	}

	private boolean isAcronym(Piece piece) {
		return this.cased && ACRONYMS.contains(piece.text());
	}

	private @Nullable String numberOf(String word) {
		boolean afterNumber = lastNumber() != null;
		if (NumberWords.isMultiple(word)) {
			return afterNumber ? word : null;
		}
		if (word.equals("second") && afterNumber) {
			return null;
		}
		String cardinal = NumberWords.cardinal(word);
		return (cardinal != null) ? cardinal : NumberWords.ordinal(word);
	}

	private void addNumber(Piece piece, String number) {
		Token last = lastNumber();
		String combined = (last != null) ? NumberWords.combined(last.term(), piece.word()) : null;
		if (last != null && combined != null) {
			this.tokens.set(this.tokens.size() - 1,
					new Token(TokenKind.NUMBER, last.text() + ' ' + piece.text(), combined));
		}
		else {
			add(TokenKind.NUMBER, piece, number);
		}
	}

	private @Nullable Token lastNumber() {
		Token last = this.tokens.isEmpty() ? null : this.tokens.get(this.tokens.size() - 1);
		return (last != null && last.kind() == TokenKind.NUMBER) ? last : null;
	}

	private boolean isMonth(int index) {
		String word = this.pieces.get(index).word();
		if (!word.equals("may") && !word.equals("march")) {
			return false;
		}
		if (kindAt(index + 1) == TokenKind.NUMBER) {
			return true;
		}
		Piece before = (index > 0) ? this.pieces.get(index - 1) : null;
		return before != null && (before.type() == Type.NUMBER || BEFORE_MONTH.contains(before.word()));
	}

	private void add(TokenKind kind, Piece piece, String term) {
		this.tokens.add(new Token(kind, piece.text(), term));
	}

}
