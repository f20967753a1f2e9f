package io.github.llmcache.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.Call.Hit;
import io.github.llmcache.core.FailureEvent.Part;
import io.github.llmcache.core.MatchVerifier.Match;
import io.github.llmcache.core.MatchVerifier.Verdict;

/**
 * Finds another wording of a prompt: embed it, search its partition, and serve the first
 * candidate that the verifier accepts.
 */
final class SemanticMatching {

	private final @Nullable SemanticCacheStore store;

	private final @Nullable TextEmbedder embedder;

	private final @Nullable MatchVerifier verifier;

	private final FailureReporter failures;

	SemanticMatching(CacheStore store, @Nullable TextEmbedder embedder, @Nullable MatchVerifier verifier,
			FailureReporter failures) {
		this.store = (store instanceof SemanticCacheStore semanticStore) ? semanticStore : null;
		this.embedder = embedder;
		this.verifier = verifier;
		this.failures = failures;
	}

	/**
	 * Find a hit. The call keeps the embedding for storing, the reasons of refusals, and
	 * why there was no search if there was none.
	 */
	@Nullable Hit find(Call call, Partition partition, Function<Candidate, @Nullable Object> decoder) {
		for (Candidate candidate : search(call, partition, call.policy.minSimilarity())) {
			Verdict verdict = verify(call, candidate);
			if (!verdict.accepted()) {
				call.refusals.add(verdict.reason());
				continue;
			}
			Object value = decoder.apply(candidate);
			if (value != null) {
				return new Hit(Outcome.SEMANTIC, candidate.key(), candidate.entry(), value, candidate.similarity());
			}
		}
		return null;
	}

	/**
	 * Compute the prompt's embedding for storing, without a search.
	 */
	void embed(Call call) {
		if (this.embedder != null) {
			call.embedding = embed(call, this.embedder);
		}
	}

	/**
	 * Judge the nearest candidates, however far they are.
	 */
	List<Explanation.Judgement> judge(Call call, Partition partition) {
		List<Explanation.Judgement> judgements = new ArrayList<>();
		for (Candidate candidate : search(call, partition, -1)) {
			judgements.add(new Explanation.Judgement(candidate.key().digest(), candidate.entry().prompt(),
					candidate.similarity(), verify(call, candidate)));
		}
		return judgements;
	}

	private List<Candidate> search(Call call, Partition partition, double minSimilarity) {
		if (this.store == null || this.embedder == null || this.verifier == null) {
			call.semanticSkip = "not-available";
			return List.of();
		}
		SemanticCacheStore semanticStore = this.store;
		float[] embedding = embed(call, this.embedder);
		call.embedding = embedding;
		if (embedding == null) {
			return List.of();
		}
		List<Candidate> candidates = this.failures.<@Nullable List<Candidate>>attempt(Part.STORE, "search", call.task(),
				() -> semanticStore.findSimilar(partition, embedding, call.policy.maxCandidates(), minSimilarity),
				null);
		if (candidates == null) {
			call.semanticSkip = "store-failure";
			return List.of();
		}
		return candidates;
	}

	private float @Nullable [] embed(Call call, TextEmbedder textEmbedder) {
		call.semanticSkip = "embedder-failure";
		return this.failures.<float @Nullable []>attempt(Part.EMBEDDER, call.task(), () -> {
			float[] embedding = textEmbedder.embed(call.prompt);
			call.semanticSkip = (embedding == null) ? "beyond-window" : null;
			return embedding;
		}, null);
	}

	private Verdict verify(Call call, Candidate candidate) {
		MatchVerifier matchVerifier = this.verifier;
		Verdict failed = Verdict.refuse("verifier-failure", null);
		if (matchVerifier == null) {
			return failed;
		}
		Match match = new Match(call.task(), call.prompt, candidate.entry().prompt(), candidate.similarity());
		return this.failures.attempt(Part.VERIFIER, call.task(),
				() -> Objects.requireNonNull(matchVerifier.verify(match), "The verifier gave no verdict"), failed);
	}

}
