package io.github.llmcache.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Candidates as votes for their answers: the more similar one is, the more its vote
 * weighs.
 */
final class AnswerVote {

	/** Twice the weight for each 0.046 of similarity: the nearest few decide. */
	private static final double STEEPNESS = 15;

	/** What many questions have for an answer, so that sharing it says nothing. */
	private static final Pattern COMMONPLACE = Pattern
		.compile("\"?(?:yes|no|true|false|none|null|ok|[-+]?[\\d.,]+ ?%?)[.!]?\"?", Pattern.CASE_INSENSITIVE);

	private static final int LONGEST_COMMONPLACE = 16;

	private AnswerVote() {
	}

	/**
	 * The most similar candidate of the answer with the heaviest votes.
	 */
	static Candidate elect(List<Candidate> candidates) {
		return candidates.stream()
			.max(Comparator.comparingDouble((candidate) -> weight(supporters(candidate, candidates))))
			.orElseThrow();
	}

	/**
	 * The candidates with the same answer, itself included.
	 */
	static List<Candidate> supporters(Candidate candidate, List<Candidate> candidates) {
		byte[] answer = candidate.entry().payload();
		if (isCommonplace(answer)) {
			return List.of(candidate);
		}
		return candidates.stream().filter((other) -> Arrays.equals(other.entry().payload(), answer)).toList();
	}

	static double weight(List<Candidate> candidates) {
		return candidates.stream().mapToDouble((candidate) -> Math.exp(STEEPNESS * (candidate.similarity() - 1))).sum();
	}

	private static boolean isCommonplace(byte[] answer) {
		return answer.length <= LONGEST_COMMONPLACE
				&& COMMONPLACE.matcher(new String(answer, StandardCharsets.UTF_8)).matches();
	}

}
