package io.github.llmcache.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.Piece.Type;

/**
 * Rewrites wordings that mean the same to one of them, the longest at each place.
 * Immutable once built.
 */
final class Phrases {

	// a rewritten phrase may be part of a longer one
	private static final int PASSES = 3;

	private final Node root = new Node();

	Phrases() {
		Map<String, String> words = new HashMap<>();
		for (String line : WordList.lines(Phrases.class, "phrases.txt")) {
			int arrow = line.indexOf("=>");
			List<String> replacement = WordList.words(line.substring(arrow + 2));
			List<Choice> pattern = WordList.words(line.substring(0, arrow))
				.stream()
				.map((choice) -> Choice.of(choice, words))
				.toList();
			add(this.root, pattern, 0, replacement);
		}
	}

	private static void add(Node node, List<Choice> pattern, int index, List<String> replacement) {
		if (index == pattern.size()) {
			node.replacement = (node.replacement != null) ? node.replacement : replacement;
			return;
		}
		Choice choice = pattern.get(index);
		if (choice.optional) {
			add(node, pattern, index + 1, replacement);
		}
		for (String word : choice.words) {
			add(node.child(word), pattern, index + 1, replacement);
		}
	}

	/**
	 * The words that occur in phrases.
	 */
	Set<String> words() {
		Set<String> words = new HashSet<>();
		collect(this.root, words);
		return words;
	}

	private static void collect(Node node, Set<String> words) {
		node.next.forEach((word, next) -> {
			words.add(word);
			collect(next, words);
		});
	}

	List<Piece> rewrite(List<Piece> pieces) {
		List<Piece> last = pieces;
		List<Piece> rewritten = rewriteOnce(pieces);
		for (int pass = 1; pass < PASSES && !rewritten.equals(last); pass++) {
			last = rewritten;
			rewritten = rewriteOnce(rewritten);
		}
		return rewritten;
	}

	private List<Piece> rewriteOnce(List<Piece> pieces) {
		List<Piece> rewritten = new ArrayList<>(pieces.size());
		boolean first = false;
		int i = 0;
		while (i < pieces.size()) {
			Piece piece = first ? pieces.get(i).opening() : pieces.get(i);
			boolean opening = piece.first() || (i > 0 && pieces.get(i - 1).type() == Type.COMMA);
			Match match = longestMatch(pieces, i, opening);
			if (match == null) {
				rewritten.add(piece);
				first = first && piece.type() == Type.COMMA;
				i++;
			}
			else {
				match.replacement.forEach((word) -> rewritten.add(piece.reworded(word)));
				first = piece.first() && match.replacement.isEmpty();
				i = match.end;
			}
		}
		return rewritten;
	}

	private @Nullable Match longestMatch(List<Piece> pieces, int start, boolean first) {
		Match anywhere = longestMatch(this.root, pieces, start);
		Node opening = this.root.next.get("^");
		Match atStart = (first && opening != null) ? longestMatch(opening, pieces, start) : null;
		return (anywhere == null || (atStart != null && atStart.end >= anywhere.end)) ? atStart : anywhere;
	}

	private static @Nullable Match longestMatch(Node from, List<Piece> pieces, int start) {
		Match longest = null;
		Node node = from;
		for (int i = start; i < pieces.size() && pieces.get(i).isPlainWord(); i++) {
			node = node.next.get(pieces.get(i).word());
			if (node == null) {
				return longest;
			}
			Node closing = endsClause(pieces, i + 1) ? node.next.get("$") : null;
			List<String> replacement = (closing != null) ? closing.replacement : node.replacement;
			longest = (replacement != null) ? new Match(replacement, i + 1) : longest;
		}
		return longest;
	}

	private static boolean endsClause(List<Piece> pieces, int index) {
		return index >= pieces.size() || pieces.get(index).type() == Type.STOP
				|| pieces.get(index).type() == Type.COMMA;
	}

	private record Match(List<String> replacement, int end) {
	}

	/**
	 * What may stand at one place of a phrase.
	 */
	private record Choice(List<String> words, boolean optional) {

		/**
		 * Read a choice.
		 * @param known the words so far, each of which is kept once
		 */
		static Choice of(String choice, Map<String, String> known) {
			boolean optional = choice.endsWith("?");
			String words = optional ? choice.substring(0, choice.length() - 1) : choice;
			return new Choice(
					Stream.of(words.split("/")).map((word) -> known.computeIfAbsent(word, (key) -> key)).toList(),
					optional);
		}

	}

	private static final class Node {

		// most of the ten thousands of nodes have one successor or none
		private Map<String, Node> next = Map.of();

		private @Nullable List<String> replacement;

		Node child(String word) {
			if (this.next.isEmpty()) {
				this.next = new HashMap<>(1);
			}
			return this.next.computeIfAbsent(word, (key) -> new Node());
		}

	}

}
