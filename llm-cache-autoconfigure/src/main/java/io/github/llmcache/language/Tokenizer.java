package io.github.llmcache.language;

import java.util.ArrayList;
import java.util.List;

import io.github.llmcache.language.Piece.Type;
import io.github.llmcache.prompt.LowerCase;

/**
 * Cuts a prompt into words, numbers, identifiers and punctuation, in one pass from left
 * to right. Holds the state of one prompt: not for reuse.
 */
final class Tokenizer {

	private static final String OPERATORS = "+=<>^$€£¥₹√≤≥≠×÷∞";

	private static final String BEFORE_IDENTIFIER = "([<{\"'“„«`,;=";

	private final String text;

	private final Numerals numerals;

	private final Quotations quotations;

	private final List<Piece> pieces = new ArrayList<>();

	private final List<String> quotes = new ArrayList<>();

	private int position;

	private int quotedUntil = -1;

	/** What comes before it is not looked at again for each comma. */
	private int plainUntil;

	private boolean first = true;

	Tokenizer(String text) {
		this.text = text.replace('’', '\'').replace('‘', '\'').replace('−', '-');
		this.numerals = new Numerals(this.text);
		this.quotations = new Quotations(this.text);
	}

	List<Piece> pieces() {
		while (this.position < this.text.length()) {
			read(this.text.charAt(this.position));
		}
		return this.pieces;
	}

	/**
	 * What stood in quotation marks or between backticks, once {@link #pieces()} was
	 * called.
	 */
	List<String> quotes() {
		return this.quotes;
	}

	private void read(char c) {
		if (Character.isWhitespace(c)) {
			if (c == '\n') {
				add(Type.STOP, this.position, this.position + 1);
			}
			this.position++;
		}
		else if (this.position == this.quotedUntil) {
			this.position = this.quotations.skipMarks(this.position);
		}
		else if (c == '`') {
			readCode();
		}
		else if (this.position >= this.quotedUntil && this.quotations.opensAt(this.position)) {
			readQuote(c);
		}
		else if (!readIdentifier()) {
			readPlain(c);
		}
	}

	private void readCode() {
		String fence = this.text.startsWith("```", this.position) ? "```" : "`";
		int start = this.position + fence.length();
		int end = this.text.indexOf(fence, start);
		this.position = start;
		if (end > start) {
			String code = String.join(" ", WordList.words(this.text.substring(start, end)));
			this.quotes.add(code);
			this.pieces.add(new Piece(Type.IDENTIFIER, code, code, this.first, true));
			this.first = false;
			this.position = end + fence.length();
		}
	}

	private void readQuote(char open) {
		int start = this.quotations.skipMarks(this.position);
		int end = this.quotations.end(start, open);
		if (end > start) {
			this.quotes.add(Identifiers.words(this.text.substring(start, end)));
			this.quotedUntil = end;
		}
		this.position = start;
	}

	private boolean readIdentifier() {
		char last = (this.position > 0) ? this.text.charAt(this.position - 1) : ' ';
		if (!Character.isWhitespace(last) && BEFORE_IDENTIFIER.indexOf(last) < 0) {
			return false;
		}
		if (isPlain()) {
			return false;
		}
		int end = Identifiers.endOfIdentifier(this.text, this.position);
		if (end < 0) {
			return false;
		}
		add(Type.IDENTIFIER, this.position, end);
		this.position = end;
		return true;
	}

	private boolean isPlain() {
		if (!Character.isLetterOrDigit(this.text.charAt(this.position))) {
			return false;
		}
		int start = Math.max(this.position, this.plainUntil - 1);
		this.plainUntil = Math.max(this.plainUntil, Identifiers.endOfPlain(this.text, start));
		return Identifiers.isEnd(this.text, this.plainUntil) || this.plainUntil - this.position >= Identifiers.LONGEST;
	}

	private void readPlain(char c) {
		int codePoint = this.text.codePointAt(this.position);
		boolean negative = c == '-' && this.numerals.isDigit(this.position + 1) && opensNumber();
		if (negative || this.numerals.startsAt(this.position)) {
			readNumber(negative);
		}
		else if (Character.isLetter(codePoint)) {
			readWord();
		}
		else {
			readSymbol(c, codePoint);
		}
	}

	private boolean opensNumber() {
		boolean afterNumber = !this.pieces.isEmpty() && this.pieces.get(this.pieces.size() - 1).type() == Type.NUMBER;
		return !afterNumber && !isLetterOrDigit(this.position - 1);
	}

	private void readNumber(boolean negative) {
		int start = negative ? this.position + 1 : this.position;
		int end = this.numerals.end(start);
		boolean ordinal = this.numerals.hasOrdinalSuffix(end);
		String figures = this.text.substring(start, end).replace(",", "");
		String number = (negative ? "-" : "") + (figures.startsWith(".") ? "0" : "") + figures + (ordinal ? "th" : "");
		this.pieces.add(new Piece(Type.NUMBER, number, number, this.first, start < this.quotedUntil));
		this.first = false;
		this.position = ordinal ? end + 2 : end;
	}

	private void readWord() {
		if (readWith()) {
			return;
		}
		int start = this.position;
		while (isWordPart(this.position)) {
			this.position += Character.charCount(this.text.codePointAt(this.position));
		}
		// C++, C#, F#
		while (!isLetterOrDigit(this.position + 1) && this.position < this.text.length()
				&& "+#".indexOf(this.text.charAt(this.position)) >= 0) {
			this.position++;
		}
		if (isInches(start)) {
			addWord("inches");
		}
		else {
			add(Type.WORD, start, this.position);
		}
	}

	// 2in
	private boolean isInches(int start) {
		return this.numerals.isDigit(start - 1) && this.text.substring(start, this.position).equalsIgnoreCase("in");
	}

	// w/, w/o
	private boolean readWith() {
		boolean with = this.text.regionMatches(true, this.position, "w/", 0, 2);
		boolean without = this.text.regionMatches(true, this.position, "w/o", 0, 3);
		int end = this.position + (without ? 3 : 2);
		if (!with || (end < this.text.length() && !Character.isWhitespace(this.text.charAt(end)))) {
			return false;
		}
		this.position = end;
		addWord(without ? "without" : "with");
		return true;
	}

	private boolean isWordPart(int index) {
		if (index >= this.text.length()) {
			return false;
		}
		int codePoint = this.text.codePointAt(index);
		return Character.isLetter(codePoint) || Character.getType(codePoint) == Character.NON_SPACING_MARK
				|| Character.getType(codePoint) == Character.COMBINING_SPACING_MARK
				|| (codePoint == '\'' && isLetter(index + 1) && isLetter(index - 1));
	}

	private void readSymbol(char c, int codePoint) {
		int start = this.position;
		this.position += Character.charCount(codePoint);
		switch (c) {
			case '.', '?', '!', ';', ':' -> add(Type.STOP, start, this.position);
			case ',' -> add(Type.COMMA, start, this.position);
			case '&' -> addWord("and");
			case '%' -> addWord("percent");
			case '*', '/' -> {
				if (this.numerals.isDigit(visible(start + 1, 1)) || this.numerals.isDigit(visible(start - 1, -1))) {
					add(Type.SYMBOL, start, this.position);
				}
			}
			default -> {
				if (OPERATORS.indexOf(c) >= 0 || Character.getType(codePoint) == Character.OTHER_SYMBOL) {
					add(Type.SYMBOL, start, this.position);
				}
			}
		}
	}

	private int visible(int index, int step) {
		int i = index;
		while (i >= 0 && i < this.text.length() && this.text.charAt(i) == ' ' && Math.abs(i - index) < 3) {
			i += step;
		}
		return i;
	}

	private void add(Type type, int start, int end) {
		String piece = this.text.substring(start, end);
		boolean quoted = start < this.quotedUntil;
		this.pieces.add(new Piece(type, piece, LowerCase.of(piece), this.first, quoted));
		this.first = (type == Type.STOP) || (this.first && type != Type.WORD && type != Type.IDENTIFIER);
	}

	private void addWord(String word) {
		this.pieces.add(new Piece(Type.WORD, word, word, this.first, this.position <= this.quotedUntil));
		this.first = false;
	}

	private boolean isLetter(int index) {
		return index >= 0 && index < this.text.length() && Character.isLetter(this.text.charAt(index));
	}

	private boolean isLetterOrDigit(int index) {
		return isLetter(index) || this.numerals.isDigit(index);
	}

}
