package io.github.llmcache.language;

import java.util.ArrayList;
import java.util.List;

import io.github.llmcache.language.Piece.Type;

/**
 * Takes a prompt apart: cuts it into pieces, writes contractions in full, rewrites
 * phrases, reads numbers, and says what each word does. Immutable.
 * <p>
 * There is one: its word lists take some megabytes, and are read when it is first asked
 * for.
 */
public final class PromptAnalyzer {

	private final Phrases phrases = new Phrases();

	private final Lexicon lexicon = new Lexicon(this.phrases.words());

	private final PhrasalVerbs phrasalVerbs = new PhrasalVerbs(this.lexicon);

	private PromptAnalyzer() {
	}

	/**
	 * The analyzer. The first call reads the word lists.
	 * @return always the same
	 */
	public static PromptAnalyzer english() {
		return Holder.ENGLISH;
	}

	/**
	 * What is known of the words that the prompts are read with.
	 * @return always the same
	 */
	public Lexicon lexicon() {
		return this.lexicon;
	}

	/**
	 * Take a prompt apart. Takes time linear in its length.
	 * @param prompt the prompt, as typed
	 * @return its parts
	 */
	public AnalyzedPrompt analyze(String prompt) {
		Tokenizer tokenizer = new Tokenizer(prompt);
		List<Piece> pieces = tokenizer.pieces();
		boolean english = isEnglish(pieces);
		List<Token> tokens = english ? tokens(pieces) : verbatimTokens(pieces);
		List<Token> carriers = Places.assign(tokens);
		return new AnalyzedPrompt(tokens, carriers, tokenizer.quotes(), ' ' + Identifiers.words(prompt) + ' ', english);
	}

	private List<Token> tokens(List<Piece> pieces) {
		List<Piece> rewritten = this.phrases.rewrite(corrected(Contractions.expand(pieces)));
		return new TokenReader(this.phrasalVerbs.join(rewritten), isCased(pieces), this.lexicon).tokens();
	}

	private static List<Token> verbatimTokens(List<Piece> pieces) {
		return pieces.stream().map((piece) -> switch (piece.type()) {
			case WORD -> new Token(TokenKind.CONTENT, piece.text(), piece.word());
			default -> new Token(TokenKind.valueOf(piece.type().name()), piece.text(), piece.word());
		}).toList();
	}

	private boolean isEnglish(List<Piece> pieces) {
		int foreign = 0;
		int english = 0;
		for (Piece piece : pieces) {
			if (piece.isPlainWord()) {
				foreign += isOfAnotherScript(piece.word()) ? 2 : this.lexicon.isForeign(piece.word()) ? 1 : 0;
				english += (this.lexicon.function(piece.word()) != null) ? 1 : 0;
			}
		}
		return foreign < 2 || foreign <= english;
	}

	private static boolean isOfAnotherScript(String word) {
		return Character.UnicodeScript.of(word.codePointAt(0)) != Character.UnicodeScript.LATIN;
	}

	// capitals say nothing in a prompt that is all capitals or a title
	private static boolean isCased(List<Piece> pieces) {
		int words = 0;
		int capitalized = 0;
		for (Piece piece : pieces) {
			words += (piece.type() == Type.WORD) ? 1 : 0;
			capitalized += piece.isCapitalized() ? 1 : 0;
		}
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

	private static final class Holder {

		static final PromptAnalyzer ENGLISH = new PromptAnalyzer();

	}

}
