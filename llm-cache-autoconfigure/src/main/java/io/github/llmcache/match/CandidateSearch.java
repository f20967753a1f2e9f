package io.github.llmcache.match;

import java.util.List;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.embedding.ModelBusyException;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.trace.StepKind;
import io.github.llmcache.trace.StepObserver;

/**
 * Finds the entries whose prompts are similar to one: embeds it, and searches its
 * partition.
 */
public final class CandidateSearch {

	private final @Nullable SemanticCacheStore store;

	private final @Nullable TextEmbedder embedder;

	private final LongSupplier looks;

	private final StepObserver observer;

	private final FailureReporter failures;

	/**
	 * Create the search.
	 * @param store where entries live; nothing is found unless it is a
	 * {@link SemanticCacheStore}
	 * @param embedder embeds prompts; {@code null} if nothing is to be searched
	 * @param looks gives the number of a look at the store that begins now
	 * @param observer observes embedding and searching
	 * @param failures is notified of failures
	 */
	public CandidateSearch(CacheStore store, @Nullable TextEmbedder embedder, LongSupplier looks, StepObserver observer,
			FailureReporter failures) {
		this.store = (store instanceof SemanticCacheStore semanticStore) ? semanticStore : null;
		this.embedder = embedder;
		this.looks = looks;
		this.observer = observer;
		this.failures = failures;
	}

	/**
	 * Find candidates.
	 * @param question what is asked for
	 * @param partition where they are searched
	 * @param known the prompt's embedding, if it was computed before
	 * @param minSimilarity lowest cosine similarity, between -1 and 1
	 * @return what was found
	 */
	public Found find(Question question, Partition partition, Embedding known, double minSimilarity) {
		if (this.store == null || this.embedder == null) {
			return Found.nothing(new Embedding(known.vector(), "not-available"));
		}
		SemanticCacheStore semanticStore = this.store;
		Embedding embedding = (known.vector() != null) ? new Embedding(known.vector(), null)
				: embed(question, this.embedder);
		float[] vector = embedding.vector();
		if (vector == null) {
			return Found.nothing(embedding);
		}
		long look = this.looks.getAsLong();
		List<Candidate> candidates = this.failures.<@Nullable List<Candidate>>attempt(Part.STORE, "search",
				question.task(),
				() -> this.observer.observe(
						StepKind.SEARCH, question.task(), null, () -> semanticStore.findSimilar(partition, vector,
								question.policy().maxCandidates(), minSimilarity),
						(found) -> found.isEmpty() ? "nothing" : "found"),
				null);
		return (candidates != null) ? new Found(candidates, look, embedding)
				: Found.nothing(new Embedding(vector, "store-failure"));
	}

	/**
	 * Compute the prompt's embedding for storing, without a search.
	 * @param question what is asked for
	 * @param known the prompt's embedding, if it was computed before
	 * @return the embedding
	 */
	public Embedding embed(Question question, Embedding known) {
		return (this.embedder == null || known.vector() != null) ? known : embed(question, this.embedder);
	}

	private Embedding embed(Question question, TextEmbedder textEmbedder) {
		return this.failures.attempt(Part.EMBEDDER, question.task(),
				() -> this.observer.observe(StepKind.EMBEDDING, question.task(), null,
						() -> tryToEmbed(question, textEmbedder),
						(embedding) -> (embedding.skip() != null) ? embedding.skip() : "embedded"),
				new Embedding(null, "embedder-failure"));
	}

	private Embedding tryToEmbed(Question question, TextEmbedder textEmbedder) {
		try {
			float[] vector = textEmbedder.embed(question.prompt());
			return new Embedding(vector, (vector == null) ? "beyond-window" : null);
		}
		catch (ModelBusyException ex) {
			this.failures.failed(Part.EMBEDDER, question.task(), ex);
			return new Embedding(null, "embedder-busy");
		}
	}

	/**
	 * What a search found.
	 *
	 * @param candidates most similar first
	 * @param look the number of the look at the store
	 * @param embedding what was searched by
	 */
	public record Found(List<Candidate> candidates, long look, Embedding embedding) {

		static Found nothing(Embedding embedding) {
			return new Found(List.of(), 0, embedding);
		}

	}

}
