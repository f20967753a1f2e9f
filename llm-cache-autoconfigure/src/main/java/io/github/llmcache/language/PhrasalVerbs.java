package io.github.llmcache.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins a verb and the small word that decides its meaning, which may stand behind the
 * object: both {@code turn on the light} and {@code turn the light on} turn-on the light.
 * Immutable once built.
 */
final class PhrasalVerbs {

	private static final int REACH = 6;

	private final Map<String, Set<String>> particles = new HashMap<>();

	private final Lexicon lexicon;

	PhrasalVerbs(Lexicon lexicon) {
		this.lexicon = lexicon;
		for (String line : WordList.lines(PhrasalVerbs.class, "phrasal-verbs.txt")) {
			String[] sides = line.split(":");
			this.particles.put(lexicon.stem(sides[0].strip()), Set.copyOf(WordList.words(sides[1])));
		}
	}

	List<Piece> join(List<Piece> pieces) {
		List<Piece> rest = new ArrayList<>(pieces);
		List<Piece> joined = new ArrayList<>(pieces.size());
		for (int i = 0; i < rest.size(); i++) {
			Piece verb = rest.get(i);
			String stem = verb.isPlainWord() ? this.lexicon.stem(verb.word()) : "";
			int particle = indexOfParticle(rest, i, this.particles.getOrDefault(stem, Set.of()));
			if (particle > 0) {
				joined.add(verb.reworded(stem + '-' + rest.get(particle).word()));
				// the particle moves behind its verb, where it is left out
				i++;
				Collections.rotate(rest.subList(i, particle + 1), 1);
			}
			else {
				joined.add(verb);
			}
		}
		return joined;
	}

	private int indexOfParticle(List<Piece> pieces, int verb, Set<String> particles) {
		if (particles.isEmpty()) {
			return -1;
		}
		for (int i = verb + 1; i < pieces.size() && i <= verb + REACH; i++) {
			Piece piece = pieces.get(i);
			if (piece.type() == Piece.Type.STOP || piece.type() == Piece.Type.COMMA) {
				return -1;
			}
			if (piece.isPlainWord() && particles.contains(piece.word())
					&& (i == verb + 1 || endsClause(pieces, i + 1))) {
				return i;
			}
		}
		return -1;
	}

	private boolean endsClause(List<Piece> pieces, int index) {
		if (index >= pieces.size() || pieces.get(index).type() != Piece.Type.WORD) {
			return true;
		}
		Lexicon.Function function = this.lexicon.function(pieces.get(index).word());
		return function != null && (function.kind() == TokenKind.PREPOSITION || function.kind() == TokenKind.CONJUNCTION
				|| function.kind() == TokenKind.QUESTION || function.kind() == TokenKind.FILLER);
	}

}
