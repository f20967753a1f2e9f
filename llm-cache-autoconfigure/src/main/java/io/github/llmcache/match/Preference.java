package io.github.llmcache.match;

import java.util.List;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.calibration.AnswerVote;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.WordingJudge;

/**
 * Chooses between candidates by how probable it is that they ask for the same.
 */
final class Preference {

	/** From this probability on, the other candidates are not looked at. */
	private static final double CERTAIN = 0.97;

	/**
	 * An answer is served only if its odds are at least this many times those of any
	 * other.
	 */
	private static final double LEAST_ODDS_RATIO = 2.5;

	private Preference() {
	}

	/**
	 * Whether a candidate that is accepted need not be compared with others, because the
	 * model is sure, or has no opinion.
	 */
	static boolean isCertain(Candidate accepted, Opinions opinions) {
		Double probability = opinions.of(accepted);
		return probability == null || probability >= CERTAIN;
	}

	/**
	 * The most probable candidate of those that are accepted, the most similar of these.
	 * @param verdicts the verdicts on the first candidates
	 */
	static @Nullable Candidate surest(List<Candidate> candidates, List<Verdict> verdicts, Opinions opinions) {
		Candidate surest = null;
		double highest = -1;
		for (int i = 0; i < verdicts.size(); i++) {
			if (verdicts.get(i).accepted()) {
				Double probability = opinions.of(candidates.get(i));
				double value = (probability != null) ? probability : 1;
				if (value > highest) {
					surest = candidates.get(i);
					highest = value;
				}
			}
		}
		return surest;
	}

	/**
	 * Whether a candidate with another answer is nearly as probable, and asks for
	 * something else.
	 * @param same says of two candidates with different answers whether they ask for the
	 * same
	 */
	static boolean isAmbiguous(Candidate accepted, List<Candidate> candidates, Opinions opinions,
			BiPredicate<Candidate, Candidate> same) {
		Double probability = opinions.of(accepted);
		if (probability == null || probability >= CERTAIN) {
			return false;
		}
		double lowest = WordingJudge.odds(probability) / LEAST_ODDS_RATIO;
		return candidates.stream()
			.filter((candidate) -> isAbove(opinions.known(candidate), lowest))
			.anyMatch((other) -> !AnswerVote.isSameAnswer(accepted, other) && !same.test(accepted, other));
	}

	private static boolean isAbove(@Nullable Double probability, double odds) {
		return probability != null && WordingJudge.odds(probability) > odds;
	}

}
