package io.github.llmcache.core;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.Trail.Embedding;
import io.github.llmcache.embedding.ModelBusyException;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.SemanticCacheStore;

/**
 * Finds the entries whose prompts are similar to one: embeds it, and searches its
 * partition.
 */
final class CandidateSearch {

	private final @Nullable SemanticCacheStore store;

	private final @Nullable TextEmbedder embedder;

	private final AnswerReader reader;

	private final FailureReporter failures;

	/**
	 * Create the search.
	 * @param embedder embeds prompts; {@code null} if nothing is to be searched
	 * @param reader numbers the looks at the store
	 */
	CandidateSearch(CacheStore store, @Nullable TextEmbedder embedder, AnswerReader reader, FailureReporter failures) {
		this.store = (store instanceof SemanticCacheStore semanticStore) ? semanticStore : null;
		this.embedder = embedder;
		this.reader = reader;
		this.failures = failures;
	}

	/**
	 * Find candidates.
	 * @param known the prompt's embedding, if it was computed before
	 */
	Found find(Call call, String prompt, Partition partition, float @Nullable [] known, double minSimilarity) {
		if (this.store == null || this.embedder == null) {
			return Found.nothing(new Embedding(known, "not-available"));
		}
		SemanticCacheStore semanticStore = this.store;
		Embedding embedding = (known != null) ? new Embedding(known, null) : embed(call, prompt, this.embedder);
		float[] vector = embedding.vector();
		if (vector == null) {
			return Found.nothing(embedding);
		}
		long look = this.reader.nextLook();
		List<Candidate> candidates = this.failures.<@Nullable List<Candidate>>attempt(Part.STORE, "search", call.task(),
				() -> semanticStore.findSimilar(partition, vector, call.policy.maxCandidates(), minSimilarity), null);
		return (candidates != null) ? new Found(candidates, look, embedding)
				: Found.nothing(new Embedding(vector, "store-failure"));
	}

	/**
	 * Compute the prompt's embedding for storing, without a search.
	 * @return the trail with it
	 */
	Trail embed(Call call, String prompt, Trail before) {
		if (this.embedder == null || before.embedding().vector() != null) {
			return before;
		}
		return before.with(embed(call, prompt, this.embedder));
	}

	private Embedding embed(Call call, String prompt, TextEmbedder textEmbedder) {
		return this.failures.attempt(Part.EMBEDDER, call.task(), () -> {
			try {
				float[] vector = textEmbedder.embed(prompt);
				return new Embedding(vector, (vector == null) ? "beyond-window" : null);
			}
			catch (ModelBusyException ex) {
				this.failures.failed(Part.EMBEDDER, call.task(), ex);
				return new Embedding(null, "embedder-busy");
			}
		}, new Embedding(null, "embedder-failure"));
	}

	/**
	 * What a search found.
	 *
	 * @param candidates most similar first
	 * @param look the number of the look at the store
	 * @param embedding what was searched by
	 */
	record Found(List<Candidate> candidates, long look, Embedding embedding) {

		static Found nothing(Embedding embedding) {
			return new Found(List.of(), 0, embedding);
		}

	}

}
