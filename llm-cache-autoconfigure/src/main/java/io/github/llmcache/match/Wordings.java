package io.github.llmcache.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

import io.github.llmcache.calibration.AnswerVote;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Candidates without those that say nothing new: of several with one answer whose prompts
 * the verifier takes for the same, the most similar one stands for all.
 */
final class Wordings {

	private final List<Candidate> distinct = new ArrayList<>();

	/** By group of answers. */
	private final Map<String, Set<String>> differences = new HashMap<>();

	/**
	 * Compare candidates with each other.
	 * @param candidates most similar first
	 * @param verifier says of two whether their prompts are the same
	 */
	Wordings(List<Candidate> candidates, BiFunction<Candidate, Candidate, Verdict> verifier) {
		for (Candidate candidate : candidates) {
			Set<String> reasons = new HashSet<>();
			if (differs(candidate, verifier, reasons)) {
				differences(candidate).addAll(reasons);
				this.distinct.add(candidate);
			}
		}
	}

	private boolean differs(Candidate candidate, BiFunction<Candidate, Candidate, Verdict> verifier,
			Set<String> reasons) {
		for (Candidate other : AnswerVote.supporters(candidate, this.distinct)) {
			if (other != candidate) {
				Verdict verdict = verifier.apply(candidate, other);
				if (verdict.accepted()) {
					return false;
				}
				reasons.add(verdict.reason());
			}
		}
		return true;
	}

	/**
	 * The candidates that are left, most similar first.
	 */
	List<Candidate> distinct() {
		return this.distinct;
	}

	/**
	 * Why the verifier refuses prompts with the answer of a candidate for each other.
	 */
	Set<String> differences(Candidate candidate) {
		return this.differences.computeIfAbsent(candidate.entry().group(), (group) -> new HashSet<>());
	}

}
