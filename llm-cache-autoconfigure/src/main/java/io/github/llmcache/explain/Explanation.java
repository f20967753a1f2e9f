package io.github.llmcache.explain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * What the cache would do for a request, and why.
 *
 * @param key where the answer is stored; {@code null} if the cache is not consulted
 * @param identity what had to be equal, by name, see {@link KnownPartition#identity()};
 * empty if the cache is not consulted
 * @param bypassReason why it is not consulted, or {@code null}
 * @param exact whether there is an entry for the same prompt that may be served
 * @param semanticSkip why no similar prompt can be looked for, or {@code null}
 * @param minSimilarity the lowest similarity that is served
 * @param candidates the most similar entries of the partition with their verdicts, most
 * similar first, and last an entry that was asked about, if it is not among them
 * @param served what would be served
 * @param sharing how far other scopes agree on an answer to the same prompt; {@code null}
 * if answers are not shared between scopes, or if there is one in the scope itself
 * @param settings which settings would have changed that, each by itself, as far as could
 * be found out by trying
 */
public record Explanation(@Nullable CacheKey key, Map<String, String> identity, @Nullable String bypassReason,
		boolean exact, @Nullable String semanticSkip, double minSimilarity, List<Judgement> candidates, Served served,
		@Nullable Agreement sharing, List<Setting> settings) {

	public Explanation {
		identity = Collections.unmodifiableMap(new LinkedHashMap<>(identity));
		candidates = List.copyOf(candidates);
		settings = List.copyOf(settings);
	}

	/**
	 * The same with what other scopes share.
	 * @param agreement how far they agree
	 * @param allCandidates the most similar entries, those that are shared included
	 * @param servedThen what would be served
	 * @param otherSettings which settings would have changed that
	 * @return a copy
	 */
	public Explanation with(Agreement agreement, List<Judgement> allCandidates, Served servedThen,
			List<Setting> otherSettings) {
		return new Explanation(this.key, this.identity, this.bypassReason, this.exact, this.semanticSkip,
				this.minSimilarity, allCandidates, servedThen, agreement, otherSettings);
	}

	/**
	 * Numbers and reasons only: the identity may hold personal data.
	 */
	@Override
	public String toString() {
		return "Explanation[key=" + this.key + ", bypassReason=" + this.bypassReason + ", exact=" + this.exact
				+ ", semanticSkip=" + this.semanticSkip + ", minSimilarity=" + this.minSimilarity + ", candidates="
				+ this.candidates + ", served=" + this.served + ", sharing=" + this.sharing + ", settings="
				+ this.settings + "]";
	}

	/**
	 * What would be served.
	 *
	 * @param outcome {@code EXACT}, {@code SEMANTIC}, or, if the method would run,
	 * {@code MISS} or {@code BYPASS}
	 * @param entryId digest that identifies the entry, if one would be served
	 * @param prompt the prompt that the entry answers
	 * @param similarity cosine similarity of another wording
	 */
	public record Served(Outcome outcome, @Nullable String entryId, @Nullable String prompt,
			@Nullable Double similarity) {

		/**
		 * Outcome and entry only: prompts do not appear in log lines.
		 */
		@Override
		public String toString() {
			return "Served[outcome=" + this.outcome + ", entryId=" + this.entryId + "]";
		}

	}

	/**
	 * How far scopes agree on an answer.
	 *
	 * @param scopes how many have an equal answer, by the one that most have
	 * @param needed how many are needed before it is served to others
	 */
	public record Agreement(int scopes, int needed) {

	}

	/**
	 * One candidate and its verdict.
	 *
	 * @param entryId digest that identifies the entry
	 * @param prompt the prompt that the entry answers
	 * @param similarity cosine similarity, between -1 and 1
	 * @param verdict what the verifier and the model decided together
	 * @param objections all objections of the verifier, including those that the model
	 * outweighs
	 * @param paraphrase the probability that the prompts ask for the same thing, by the
	 * {@link ParaphraseModel}; {@code null} if there is none, or if it cannot tell
	 */
	public record Judgement(String entryId, String prompt, double similarity, Verdict verdict, List<Verdict> objections,
			@Nullable Double paraphrase) {

		public Judgement {
			objections = List.copyOf(objections);
		}

		/**
		 * The same with another verdict.
		 * @param newVerdict the verdict
		 * @return a copy
		 */
		public Judgement with(Verdict newVerdict) {
			return new Judgement(this.entryId, this.prompt, this.similarity, newVerdict, this.objections,
					this.paraphrase);
		}

		/**
		 * Similarity and verdict only: prompts do not appear in log lines.
		 */
		@Override
		public String toString() {
			return "Judgement[similarity=" + this.similarity + ", verdict=" + this.verdict + "]";
		}

	}

	/**
	 * A setting that would have changed what is served.
	 *
	 * @param name its name as it is in the properties of a task, such as
	 * {@code min-similarity}; {@code max-candidates} and {@code max-prompt} are for all
	 * tasks
	 * @param value a value that would have been enough
	 * @param served whether an entry would be served with it
	 */
	public record Setting(String name, String value, boolean served) {

	}

}
