package io.github.llmcache.core;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.match.CandidateChooser;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * What the cache would do for a request, and why.
 *
 * @param key where the answer is stored; {@code null} if the cache is not consulted
 * @param bypassReason why it is not consulted, or {@code null}
 * @param exact whether there is an entry for the same prompt
 * @param semanticSkip why no similar prompt can be looked for, or {@code null}
 * @param minSimilarity the lowest similarity that is served
 * @param candidates the most similar entries of the partition with their verdicts, most
 * similar first
 */
public record Explanation(@Nullable CacheKey key, @Nullable String bypassReason, boolean exact,
		@Nullable String semanticSkip, double minSimilarity, List<Judgement> candidates) {

	public Explanation {
		candidates = List.copyOf(candidates);
	}

	static Explanation bypass(@Nullable String reason, double minSimilarity) {
		return new Explanation(null, reason, false, null, minSimilarity, List.of());
	}

	/**
	 * One candidate and its verdict.
	 *
	 * @param entryId digest that identifies the entry
	 * @param prompt the prompt that the entry answers
	 * @param similarity cosine similarity, between -1 and 1
	 * @param verdict what the verifier decided
	 * @param paraphrase the probability that the prompts ask for the same thing, by the
	 * {@link ParaphraseModel}; {@code null} if there is none, or if it cannot tell
	 */
	public record Judgement(String entryId, String prompt, double similarity, Verdict verdict,
			@Nullable Double paraphrase) {

		static Judgement of(CandidateChooser.Judgement judged) {
			Candidate candidate = judged.candidate();
			return new Judgement(candidate.key().digest(), candidate.entry().prompt(), candidate.similarity(),
					judged.verdict(), judged.probability());
		}

		/**
		 * Similarity and verdict only: prompts do not appear in log lines.
		 */
		@Override
		public String toString() {
			return "Judgement[similarity=" + this.similarity + ", verdict=" + this.verdict + "]";
		}

	}

}
