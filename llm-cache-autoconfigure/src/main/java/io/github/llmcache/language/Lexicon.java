package io.github.llmcache.language;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.prompt.LowerCase;

/**
 * What is known of English words: the part that function words play, synonyms, opposites,
 * and words that look like a typing error but are not. Immutable once built.
 */
public final class Lexicon {

	record Function(TokenKind kind, String group) {
	}

	private final Map<String, Function> functions = new HashMap<>();

	private final Map<String, String> synonyms = new HashMap<>();

	private final Map<String, Set<String>> opposites = new HashMap<>();

	private final Set<String> lookalikes = new HashSet<>();

	private final Set<String> light = new HashSet<>();

	private final Set<String> foreign = new HashSet<>();

	private final Map<String, String> slips = new HashMap<>();

	private final Inflection inflection = new Inflection();

	Lexicon(Set<String> phraseWords) {
		WordList.lines(Lexicon.class, "function-words.txt").forEach(this::addFunctions);
		WordList.lines(Lexicon.class, "synonyms.txt").forEach(this::addSynonyms);
		WordList.lines(Lexicon.class, "antonyms.txt").forEach(this::addOpposites);
		WordList.lines(Lexicon.class, "lookalikes.txt").forEach((line) -> this.lookalikes.addAll(WordList.words(line)));
		WordList.lines(Lexicon.class, "foreign-words.txt").forEach((line) -> this.foreign.addAll(WordList.words(line)));
		WordList.lines(Lexicon.class, "light-words.txt").forEach((line) -> this.light.addAll(WordList.words(line)));
		Set<String> known = new HashSet<>(phraseWords);
		known.addAll(this.functions.keySet());
		known.forEach((word) -> addSlips(word, known));
		this.slips.values().removeIf(String::isEmpty);
	}

	private void addFunctions(String line) {
		int colon = line.indexOf(':');
		List<String> head = WordList.words(line.substring(0, colon));
		TokenKind kind = TokenKind.valueOf(head.get(0).toUpperCase(Locale.ROOT));
		Function function = new Function(kind, (head.size() > 1) ? head.get(1) : "");
		WordList.words(line.substring(colon + 1)).forEach((word) -> this.functions.put(word, function));
	}

	private void addSynonyms(String line) {
		List<String> words = WordList.words(line);
		String kept = this.inflection.stemOf(words.get(0));
		words.forEach((word) -> this.synonyms.put(this.inflection.stemOf(word), kept));
	}

	private void addOpposites(String line) {
		String[] sides = line.split("\\|");
		for (String left : WordList.words(sides[0])) {
			for (String right : WordList.words(sides[1])) {
				this.opposites.computeIfAbsent(term(left), (word) -> new HashSet<>()).add(term(right));
				this.opposites.computeIfAbsent(term(right), (word) -> new HashSet<>()).add(term(left));
			}
		}
	}

	private void addSlips(String word, Set<String> known) {
		for (int i = 0; word.length() > 2 && i + 1 < word.length(); i++) {
			String slip = Spelling.swapped(word, i);
			if (!known.contains(slip) && !this.lookalikes.contains(slip)) {
				this.slips.merge(slip, word, (one, other) -> one.equals(other) ? one : "");
			}
		}
	}

	@Nullable Function function(String word) {
		return this.functions.get(word);
	}

	/**
	 * The function word that was meant by a word with two letters swapped, or the word
	 * itself.
	 */
	String corrected(String word) {
		return this.slips.getOrDefault(word, word);
	}

	String stem(String word) {
		return this.inflection.stemOf(word);
	}

	/**
	 * What a content word is compared by.
	 */
	String term(String word) {
		String stem = this.inflection.stemOf(word);
		return this.synonyms.getOrDefault(stem, stem);
	}

	/**
	 * Whether one term means the opposite of the other.
	 * @param term a content word's term
	 * @param other the other one's
	 * @return whether they are opposites
	 */
	public boolean areOpposites(String term, String other) {
		return this.opposites.getOrDefault(term, Set.of()).contains(other) || isNegatedBy(term, other)
				|| isNegatedBy(other, term);
	}

	private static boolean isNegatedBy(String term, String other) {
		int prefix = other.length() - term.length();
		if (prefix < 2 || prefix > 3 || term.length() < 3 || !other.endsWith(term)) {
			return false;
		}
		return switch (other.substring(0, prefix)) {
			case "un", "in", "im", "il", "ir", "dis", "non", "mis", "de", "ab" -> true;
			default -> false;
		};
	}

	/**
	 * Whether a word is frequent in another language and unknown in English.
	 */
	boolean isForeign(String word) {
		return this.foreign.contains(word);
	}

	/**
	 * Whether the answer does not depend on a word.
	 * @param token the word
	 * @return whether it is light
	 */
	public boolean isLight(Token token) {
		return token.kind() == TokenKind.CONTENT && this.light.contains(LowerCase.of(token.text()));
	}

	/**
	 * Whether two spellings differ by a typing error only.
	 * @param word one, in lower case
	 * @param other the other one, in lower case
	 * @return whether they are one word
	 */
	public boolean isSlip(String word, String other) {
		return Spelling.isSlip(word, other) && !(this.lookalikes.contains(word) && this.lookalikes.contains(other));
	}

	/**
	 * Whether two texts in lower case are equal except for a single typing error: two
	 * neighbouring letters of a word are swapped, or a letter with what stands between
	 * words.
	 * @param text one text
	 * @param other the other one
	 * @return whether that is all that differs
	 */
	public boolean isOneSlip(String text, String other) {
		int index = Spelling.onlySwap(text, other);
		if (index < 0) {
			return false;
		}
		char first = text.charAt(index);
		char second = text.charAt(index + 1);
		if (Spelling.isLetter(first) && Spelling.isLetter(second)) {
			String word = Spelling.wordAround(text, index);
			String otherWord = Spelling.wordAround(other, index);
			return isSlip(word, otherWord) || isFunction(word) != isFunction(otherWord);
		}
		return (Spelling.isLetter(first) && Spelling.isBetweenWords(second))
				|| (Spelling.isBetweenWords(first) && Spelling.isLetter(second));
	}

	private boolean isFunction(String word) {
		return this.functions.containsKey(word) || word.indexOf('\'') >= 0;
	}

}
