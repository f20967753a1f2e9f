package io.github.llmcache.core;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.calibration.Calibration.Decision;
import io.github.llmcache.match.Embedding;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.MatchRecord;

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
	static final Trail NONE = new Trail(Embedding.NONE, List.of(), null, null);

	/**
	 * What can be learned about an entry, if it is the one that was decided about.
	 */
	@Nullable MatchRecord matchRecord(CacheKey key) {
		return (this.candidate != null && this.decision != null && this.candidate.key().equals(key))
				? this.decision.matchRecord() : null;
	}

	/**
	 * Whether the method answers as well what is served.
	 */
	boolean isAudited() {
		return this.decision != null && this.decision.audited();
	}

	/**
	 * What another search after this one leaves behind. What was decided first is learned
	 * from, unless the other one decided to serve.
	 * @param served whether that found something to serve
	 */
	Trail followedBy(Trail next, boolean served) {
		List<String> all = Stream.concat(this.refusals.stream(), next.refusals.stream()).toList();
		return (served || this.candidate == null) ? new Trail(next.embedding, all, next.candidate, next.decision)
				: with(next.embedding, all);
	}

	/**
	 * The same with another reason why something is not served.
	 */
	Trail refusing(String reason) {
		return with(this.embedding, Stream.concat(this.refusals.stream(), Stream.of(reason)).toList());
	}

	Trail with(Embedding newEmbedding) {
		return with(newEmbedding, this.refusals);
	}

	Trail with(Embedding newEmbedding, List<String> newRefusals) {
		return new Trail(newEmbedding, newRefusals, this.candidate, this.decision);
	}

}
