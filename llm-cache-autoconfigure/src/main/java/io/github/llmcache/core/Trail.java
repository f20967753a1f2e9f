package io.github.llmcache.core;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.calibration.Calibration.Decision;
import io.github.llmcache.store.Candidate;

/**
 * What the semantic step leaves behind, for storing, learning and reporting.
 *
 * @param embedding the prompt's embedding
 * @param refusals why candidates were not served
 * @param candidate the candidate that was decided about, if there was one
 * @param decision whether it is served, and what can be learned from it
 */
record Trail(Embedding embedding, List<String> refusals, @Nullable Candidate candidate, @Nullable Decision decision) {

	/** Before the step. */
	static final Trail NONE = new Trail(new Embedding(null, null), List.of(), null, null);

	Trail with(Embedding newEmbedding) {
		return new Trail(newEmbedding, this.refusals, this.candidate, this.decision);
	}

	/**
	 * The embedding of a prompt.
	 *
	 * @param vector the vector, or {@code null} if there is none
	 * @param skip why nothing is searched by it, or {@code null}
	 */
	record Embedding(float @Nullable [] vector, @Nullable String skip) {

	}

}
