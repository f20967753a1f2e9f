package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.llmcache.verify.Piece.Type;

/**
 * Cuts a prompt into words, numbers, identifiers and punctuation, in one pass from left
 * to right. Holds the state of one prompt: not for reuse.
 */
final class Tokenizer {

	private static final int LONGEST_QUOTE = 300;

	private static final String OPERATORS = "+=<>^$€£¥₹√≤≥≠×÷∞";

	private static final String BEFORE_IDENTIFIER = "([<{\"'“„«`,;=";

	private final String text;

	private final List<Piece> pieces = new ArrayList<>();

	private final List<String> quotes = new ArrayList<>();

	private int position;

	private int quotedUntil = -1;

	private boolean first = true;

	Tokenizer(String text) {
		this.text = text.replace('’', '\'').replace('‘', '\'').replace('−', '-');
	}

	List<Piece> pieces() {
		while (this.position < this.text.length()) {
			read(this.text.charAt(this.position));
		}
		return this.pieces;
	}

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
			this.position = skipMarks(this.position);
		}
		else if (c == '`') {
			readCode();
		}
		else if (this.position >= this.quotedUntil && isOpeningQuote(c)) {
			readQuote(c);
		}
		else if (!readIdentifier()) {
			readPlain(c);
		}
	}

	private void readPlain(char c) {
		int codePoint = this.text.codePointAt(this.position);
		int start = this.position;
		if (isDigit(start) || (c == '.' && isDigit(start + 1) && !isLetterOrDigit(start - 1))) {
			readNumber(start);
		}
		else if (c == '-' && isDigit(start + 1) && opensNumber()) {
			this.position++;
			readNumber(start);
		}
		else if (Character.isLetter(codePoint)) {
			readWord();
		}
		else {
			readSymbol(c, codePoint);
		}
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
				if (isDigit(nextVisible(start + 1, 1)) || isDigit(nextVisible(start - 1, -1))) {
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

	private void readWord() {
		int start = this.position;
		while (isWordPart(this.position)) {
			this.position += Character.charCount(this.text.codePointAt(this.position));
		}
		// C++, C#, F#
		while (!isLetterOrDigit(this.position + 1) && (isChar(this.position, '+') || isChar(this.position, '#'))) {
			this.position++;
		}
		add(Type.WORD, start, this.position);
	}

	private boolean isWordPart(int index) {
		if (index >= this.text.length()) {
			return false;
		}
		int codePoint = this.text.codePointAt(index);
		if (Character.isLetter(codePoint) || Character.getType(codePoint) == Character.NON_SPACING_MARK
				|| Character.getType(codePoint) == Character.COMBINING_SPACING_MARK) {
			return true;
		}
		return codePoint == '\'' && isLetter(index + 1) && isLetter(index - 1);
	}

	private void readNumber(int start) {
		if (isChar(this.position, '.')) {
			this.position++;
		}
		while (isDigit(this.position) || (isNumberSeparator(this.position) && isDigit(this.position + 1))) {
			this.position++;
		}
		String number = this.text.substring(start, this.position).replace(",", "");
		if (number.startsWith(".")) {
			number = "0" + number;
		}
		String suffix = ordinalSuffix();
		this.position += suffix.length();
		number += suffix.isEmpty() ? "" : "th";
		this.pieces.add(new Piece(Type.NUMBER, number, number, this.first, isQuoted(start)));
		this.first = false;
	}

	private boolean isNumberSeparator(int index) {
		if (index >= this.text.length()) {
			return false;
		}
		return switch (this.text.charAt(index)) {
			case '.', ':' -> true;
			case ',' -> isDigit(index + 1) && isDigit(index + 2) && isDigit(index + 3) && !isDigit(index + 4);
			case '/', '-' -> isDatePart(index);
			default -> false;
		};
	}

	// 2016-05-01, 1/2/2016: a second separator of the same kind within reach, or behind
	private boolean isDatePart(int index) {
		char separator = this.text.charAt(index);
		for (int i = index + 1; i <= index + 3; i++) {
			if (isChar(i, separator)) {
				return isDigit(i + 1) && isDigit(i - 1);
			}
		}
		for (int i = index - 1; i >= Math.max(0, index - 3); i--) {
			if (isChar(i, separator)) {
				return isDigit(i - 1) && isDigit(i + 1);
			}
		}
		return false;
	}

	private String ordinalSuffix() {
		if (this.position + 2 <= this.text.length() && !isLetterOrDigit(this.position + 2)) {
			String suffix = this.text.substring(this.position, this.position + 2).toLowerCase(Locale.ROOT);
			if (suffix.equals("st") || suffix.equals("nd") || suffix.equals("rd") || suffix.equals("th")) {
				return suffix;
			}
		}
		return "";
	}

	private boolean opensNumber() {
		boolean afterNumber = !this.pieces.isEmpty() && this.pieces.get(this.pieces.size() - 1).type() == Type.NUMBER;
		return !afterNumber && !isLetterOrDigit(this.position - 1);
	}

	private boolean readIdentifier() {
		char last = (this.position > 0) ? this.text.charAt(this.position - 1) : ' ';
		if (!Character.isWhitespace(last) && BEFORE_IDENTIFIER.indexOf(last) < 0) {
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

	private void readCode() {
		String fence = this.text.startsWith("```", this.position) ? "```" : "`";
		int start = this.position + fence.length();
		int end = this.text.indexOf(fence, start);
		if (end < 0) {
			this.position = start;
			return;
		}
		String code = String.join(" ", this.text.substring(start, end).strip().split("\\s+"));
		this.quotes.add(code);
		this.pieces.add(new Piece(Type.IDENTIFIER, code, code, this.first, true));
		this.first = false;
		this.position = end + fence.length();
	}

	private boolean isOpeningQuote(char c) {
		if (c == '\'') {
			return isLetter(this.position + 1) && !isLetterOrDigit(this.position - 1);
		}
		return c == '"' || c == '“' || c == '”' || c == '„' || c == '«';
	}

	private void readQuote(char open) {
		int start = skipMarks(this.position);
		int end = endOfQuote(start, open);
		if (end > start) {
			this.quotes.add(Identifiers.words(this.text.substring(start, end)));
			this.quotedUntil = end;
		}
		this.position = start;
	}

	private int skipMarks(int index) {
		int end = index;
		while (end < this.text.length() && "\"“”„«»'".indexOf(this.text.charAt(end)) >= 0) {
			end++;
		}
		return end;
	}

	private int endOfQuote(int start, char open) {
		int limit = Math.min(this.text.length(), start + LONGEST_QUOTE);
		for (int i = start; i < limit && this.text.charAt(i) != '\n'; i++) {
			char c = this.text.charAt(i);
			if ((open == '\'') ? (c == '\'' && !isLetterOrDigit(i + 1)) : ("\"“”»".indexOf(c) >= 0)) {
				return i;
			}
		}
		return -1;
	}

	private void add(Type type, int start, int end) {
		String piece = this.text.substring(start, end);
		this.pieces.add(new Piece(type, piece, piece.toLowerCase(Locale.ROOT), this.first, isQuoted(start)));
		this.first = (type == Type.STOP) || (this.first && type != Type.WORD && type != Type.IDENTIFIER);
	}

	private void addWord(String word) {
		this.pieces.add(new Piece(Type.WORD, word, word, this.first, isQuoted(this.position - 1)));
		this.first = false;
	}

	private boolean isQuoted(int start) {
		return start < this.quotedUntil;
	}

	private int nextVisible(int index, int step) {
		int i = index;
		while (i >= 0 && i < this.text.length() && this.text.charAt(i) == ' ') {
			i += step;
		}
		return i;
	}

	private boolean isChar(int index, char c) {
		return index >= 0 && index < this.text.length() && this.text.charAt(index) == c;
	}

	private boolean isDigit(int index) {
		return index >= 0 && index < this.text.length() && Character.isDigit(this.text.charAt(index));
	}

	private boolean isLetter(int index) {
		return index >= 0 && index < this.text.length() && Character.isLetter(this.text.charAt(index));
	}

	private boolean isLetterOrDigit(int index) {
		return isDigit(index) || isLetter(index);
	}

}
