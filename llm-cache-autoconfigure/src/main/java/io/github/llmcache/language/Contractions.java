package io.github.llmcache.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes contractions in full: {@code can't} becomes {@code can not}.
 */
final class Contractions {

	private static final Map<String, String> IRREGULAR = Map.of("can't", "can", "won't", "will", "shan't", "will",
			"ain't", "is");

	private static final Map<String, String> SUFFIXES = Map.of("re", "are", "m", "am", "ve", "have", "ll", "will", "d",
			"would");

	private static final List<String> IS = List.of("what", "who", "where", "when", "why", "how", "it", "that", "there",
			"here", "he", "she");

	private Contractions() {
	}

	static List<Piece> expand(List<Piece> pieces) {
		List<Piece> expanded = new ArrayList<>(pieces.size() + 4);
		for (Piece piece : pieces) {
			int apostrophe = piece.isPlainWord() ? piece.word().lastIndexOf('\'') : -1;
			if (apostrophe > 0) {
				expand(piece, apostrophe, expanded);
			}
			else {
				expanded.add(piece);
			}
		}
		return expanded;
	}

	private static void expand(Piece piece, int apostrophe, List<Piece> expanded) {
		String word = piece.word();
		String base = word.substring(0, apostrophe);
		String suffix = word.substring(apostrophe + 1);
		String second = secondWord(base, suffix);
		if (word.equals("n't")) {
			expanded.add(piece.reworded("not"));
		}
		else if (word.endsWith("n't")) {
			String first = IRREGULAR.getOrDefault(word, word.substring(0, word.length() - 3));
			expanded.add(piece.reworded(first));
			expanded.add(piece.reworded("not").following());
		}
		else if (second != null) {
			expanded.add(new Piece(piece.type(), piece.text().substring(0, apostrophe), base, piece.first(), false));
			expanded.add(piece.reworded(second).following());
		}
		else {
			expanded.add(piece);
		}
	}

	private static @Nullable String secondWord(String base, String suffix) {
		return (suffix.equals("s") && IS.contains(base)) ? "is" : SUFFIXES.get(suffix);
	}

}
