package io.github.llmcache.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
		for (String line : WordList.lines(Phrases.class, "phrases.txt")) {
			int arrow = line.indexOf("=>");
			List<String> replacement = WordList.words(line.substring(arrow + 2));
			add(this.root, WordList.words(line.substring(0, arrow)), 0, replacement);
		}
	}

	private static void add(Node node, List<String> pattern, int index, List<String> replacement) {
		if (index == pattern.size()) {
			node.replacement = (node.replacement != null) ? node.replacement : replacement;
			return;
		}
		String words = pattern.get(index);
		if (words.endsWith("?")) {
			add(node, pattern, index + 1, replacement);
			words = words.substring(0, words.length() - 1);
		}
		for (String word : words.split("/")) {
			add(node.next.computeIfAbsent(word, (key) -> new Node()), pattern, index + 1, replacement);
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

	private static final class Node {

		private final Map<String, Node> next = new HashMap<>();

		private @Nullable List<String> replacement;

	}

}
