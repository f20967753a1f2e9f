package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Rewrites wordings that mean the same to one of them, the longest at each place.
 * Immutable once built.
 */
final class Phrases {

	// a rewritten phrase may be part of a longer one
	private static final int PASSES = 3;

	private final Node root = new Node();

	Phrases() {
		for (String line : WordList.lines("phrases.txt")) {
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

	List<Piece> rewrite(List<Piece> pieces) {
		List<Piece> rewritten = pieces;
		for (int pass = 0; pass < PASSES; pass++) {
			rewritten = rewriteOnce(rewritten);
		}
		return rewritten;
	}

	private List<Piece> rewriteOnce(List<Piece> pieces) {
		List<Piece> rewritten = new ArrayList<>(pieces.size());
		int i = 0;
		while (i < pieces.size()) {
			int end = i;
			Node node = this.root;
			List<String> replacement = null;
			for (int j = i; j < pieces.size() && pieces.get(j).isPlainWord(); j++) {
				node = node.next.get(pieces.get(j).word());
				if (node == null) {
					break;
				}
				if (node.replacement != null) {
					replacement = node.replacement;
					end = j + 1;
				}
			}
			if (replacement != null) {
				replace(pieces.get(i), replacement, rewritten);
				i = end;
			}
			else {
				rewritten.add(pieces.get(i++));
			}
		}
		return rewritten;
	}

	private static void replace(Piece piece, List<String> replacement, List<Piece> rewritten) {
		for (String word : replacement) {
			rewritten.add(piece.reworded(word));
		}
	}

	private static final class Node {

		private final Map<String, Node> next = new HashMap<>();

		private @Nullable List<String> replacement;

	}

}
