package io.github.llmcache.calibration;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.Candidate;

/**
 * Candidates as votes for their answers: the more similar one is, the more its vote
 * weighs. Answers are the same if they are in one {@linkplain CacheEntry#group() group}.
 */
public final class AnswerVote {

	/** Twice the weight for each 0.046 of similarity: the nearest few decide. */
	private static final double STEEPNESS = 15;

	/** Answers that many questions have, so that having the same one says nothing. */
	private static final Pattern COMMONPLACE = Pattern
		.compile("\"?(?:yes|no|true|false|none|null|ok|[-+]?[\\d.,]+ ?%?)[.!]?\"?", Pattern.CASE_INSENSITIVE);

	private static final int LONGEST_COMMONPLACE = 16;

	private AnswerVote() {
	}

	/**
	 * The most similar candidate of the answer with the heaviest votes.
	 * @param candidates the candidates, most similar first; at least one
	 * @return one of them
	 */
	public static Candidate elect(List<Candidate> candidates) {
		return candidates.stream()
			.max(Comparator.comparingDouble((candidate) -> weight(supporters(candidate, candidates))))
			.orElseThrow();
	}

	/**
	 * The candidates with the same answer.
	 * @param candidate one of them
	 * @param candidates the candidates, most similar first
	 * @return these, itself included; only itself if the answer is one that many
	 * questions share
	 */
	public static List<Candidate> supporters(Candidate candidate, List<Candidate> candidates) {
		if (isCommonplace(candidate.entry().payload())) {
			return List.of(candidate);
		}
		return candidates.stream().filter((other) -> isSameAnswer(candidate, other)).toList();
	}

	/**
	 * Whether two candidates have the same answer.
	 * @param one one of them
	 * @param other the other one
	 * @return whether they have
	 */
	public static boolean isSameAnswer(Candidate one, Candidate other) {
		return one.entry().group().equals(other.entry().group());
	}

	static double weight(List<Candidate> candidates) {
		return candidates.stream().mapToDouble((candidate) -> Math.exp(STEEPNESS * (candidate.similarity() - 1))).sum();
	}

	private static boolean isCommonplace(byte[] answer) {
		return answer.length <= LONGEST_COMMONPLACE
				&& COMMONPLACE.matcher(new String(answer, StandardCharsets.UTF_8)).matches();
	}

}
