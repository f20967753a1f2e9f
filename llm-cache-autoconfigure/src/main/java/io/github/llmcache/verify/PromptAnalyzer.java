package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.List;

import io.github.llmcache.verify.Piece.Type;

import org.jspecify.annotations.Nullable;

/**
 * Takes a prompt apart: cuts it into pieces, writes contractions in full, rewrites
 * phrases, reads numbers, and says what each word does. Immutable.
 */
final class PromptAnalyzer {

	private final Lexicon lexicon = new Lexicon();

	private final Phrases phrases = new Phrases();

	private final PhrasalVerbs phrasalVerbs = new PhrasalVerbs(this.lexicon);

	Lexicon lexicon() {
		return this.lexicon;
	}

	AnalyzedPrompt analyze(String prompt) {
		Tokenizer tokenizer = new Tokenizer(prompt);
		List<Piece> pieces = tokenizer.pieces();
		boolean cased = isCased(pieces);
		List<Piece> rewritten = this.phrases.rewrite(corrected(Contractions.expand(pieces)));
		List<Token> tokens = new ArrayList<>(pieces.size());
		List<Piece> joined = this.phrasalVerbs.join(rewritten);
		for (int i = 0; i < joined.size(); i++) {
			addToken(joined, i, cased, tokens);
		}
		List<Token> carriers = Places.assign(tokens);
		return new AnalyzedPrompt(tokens, carriers, tokenizer.quotes(), ' ' + Identifiers.words(prompt) + ' ');
	}

	// capitals say nothing in a prompt that is all capitals or a title
	private static boolean isCased(List<Piece> pieces) {
		long words = pieces.stream().filter((piece) -> piece.type() == Type.WORD).count();
		long capitalized = pieces.stream().filter(Piece::isCapitalized).count();
		return capitalized * 2 <= words + 1;
	}

	private List<Piece> corrected(List<Piece> pieces) {
		List<Piece> corrected = new ArrayList<>(pieces.size());
		for (Piece piece : pieces) {
			String word = piece.isPlainWord() ? this.lexicon.corrected(piece.word()) : piece.word();
			corrected.add(word.equals(piece.word()) ? piece : piece.reworded(word));
		}
		return corrected;
	}

	private void addToken(List<Piece> pieces, int index, boolean cased, List<Token> tokens) {
		Piece piece = pieces.get(index);
		switch (piece.type()) {
			case NUMBER -> addNumber(piece, piece.word(), tokens);
			case IDENTIFIER ->
				tokens.add(new Token(TokenKind.IDENTIFIER, piece.text(), piece.quoted() ? piece.text() : piece.word()));
			case SYMBOL -> tokens.add(new Token(TokenKind.SYMBOL, piece.text(), piece.text()));
			case COMMA -> tokens.add(new Token(TokenKind.COMMA, piece.text(), ","));
			case STOP -> tokens.add(new Token(TokenKind.STOP, piece.text(), "."));
			case WORD -> addWord(pieces, index, cased, tokens);
		}
	}

	private void addWord(List<Piece> pieces, int index, boolean cased, List<Token> tokens) {
		Piece piece = pieces.get(index);
		String word = piece.word();
		Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
		String number = numberOf(word, last);
		if (number != null) {
			addNumber(piece, number, tokens);
			return;
		}
		if (isMonth(pieces, index)) {
			tokens.add(new Token(TokenKind.DATE, piece.text(), word));
			return;
		}
		Lexicon.Function function = this.lexicon.function(word);
		if (function == null) {
			boolean name = cased && !piece.first() && piece.isCapitalized();
			tokens.add(new Token(TokenKind.CONTENT, piece.text(), this.lexicon.term(word), name, Token.Place.FREE));
		}
		else if (piece.quoted()) {
			tokens.add(new Token(TokenKind.FILLER, piece.text(), ""));
		}
		else {
			tokens.add(new Token(function.kind(), piece.text(), function.group()));
		}
	}

	private static @Nullable String numberOf(String word, @Nullable Token last) {
		boolean afterNumber = last != null && last.kind() == TokenKind.NUMBER;
		if (NumberWords.isMultiple(word)) {
			return afterNumber ? word : null;
		}
		if (word.equals("second") && afterNumber) {
			return null;
		}
		String cardinal = NumberWords.cardinal(word);
		return (cardinal != null) ? cardinal : NumberWords.ordinal(word);
	}

	private static void addNumber(Piece piece, String number, List<Token> tokens) {
		Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
		String combined = (last != null && last.kind() == TokenKind.NUMBER)
				? NumberWords.combined(last.term(), piece.word()) : null;
		if (last != null && combined != null) {
			tokens.set(tokens.size() - 1, new Token(TokenKind.NUMBER, last.text() + ' ' + piece.text(), combined));
		}
		else {
			tokens.add(new Token(TokenKind.NUMBER, piece.text(), number));
		}
	}

	private static boolean isMonth(List<Piece> pieces, int index) {
		String word = pieces.get(index).word();
		if (!word.equals("may") && !word.equals("march")) {
			return false;
		}
		if (index + 1 < pieces.size() && pieces.get(index + 1).type() == Type.NUMBER) {
			return true;
		}
		if (index == 0) {
			return false;
		}
		Piece before = pieces.get(index - 1);
		return before.type() == Type.NUMBER
				|| List.of("in", "since", "until", "last", "next", "early", "late", "mid").contains(before.word());
	}

}
