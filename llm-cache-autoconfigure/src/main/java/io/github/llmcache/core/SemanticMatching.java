package io.github.llmcache.core;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.correction.Refusals;
import io.github.llmcache.match.CandidateChooser;
import io.github.llmcache.match.CandidateChooser.Chosen;
import io.github.llmcache.match.CandidateSearch;
import io.github.llmcache.match.CandidateSearch.Found;
import io.github.llmcache.match.Embedding;
import io.github.llmcache.match.Question;
import io.github.llmcache.sharing.SharedAnswers;
import io.github.llmcache.sharing.Sharing;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;

/**
 * Finds the answer to another wording of a prompt: searches its partition for candidates,
 * and reads the answer of the one that is chosen.
 */
final class SemanticMatching {

	private final CandidateSearch search;

	private final CandidateChooser chooser;

	private final AnswerReader reader;

	private final Refusals refusals;

	private final SharedAnswers shared;

	private final Clock clock;

	SemanticMatching(CandidateSearch search, CandidateChooser chooser, AnswerReader reader, Refusals refusals,
			SharedAnswers shared, Clock clock) {
		this.search = search;
		this.chooser = chooser;
		this.reader = reader;
		this.refusals = refusals;
		this.shared = shared;
		this.clock = clock;
	}

	/**
	 * Find a hit within its TTL.
	 * @param prompt the call's prompt, normalised
	 * @param before what an earlier search of the call has left behind
	 */
	Similar find(Call call, String prompt, Partition partition, Trail before) {
		Instant now = this.clock.instant();
		return find(call, prompt, partition, before, (candidate) -> !candidate.entry().isStale(now),
				(candidate) -> true);
	}

	/**
	 * Find a hit that other scopes share, as long as enough of them have such an answer.
	 */
	Similar findShared(Call call, Sharing sharing, Trail before) {
		Instant now = this.clock.instant();
		Similar similar = find(call, sharing.prompt(), sharing.shared().partition(), before,
				(candidate) -> !candidate.entry().isStale(now),
				(candidate) -> this.shared.mayServe(sharing, candidate.key(), candidate.entry()));
		return new Similar(similar.hit(), false, before.followedBy(similar.trail(), similar.hit() != null));
	}

	/**
	 * Find a hit, even beyond its TTL, for a call whose method failed.
	 */
	Similar findKept(Call call, String prompt, Partition partition, Trail before) {
		Similar similar = find(call, prompt, partition, before,
				(candidate) -> this.reader.isKept(call, candidate.entry()), (candidate) -> true);
		Hit hit = similar.hit();
		return (hit == null) ? similar : new Similar(hit.with(this.reader.outcome(hit.entry(), Outcome.SEMANTIC)),
				similar.expired(), similar.trail());
	}

	/**
	 * Find a hit.
	 * @param servable whether a candidate is young enough
	 * @param allowed whether enough scopes have its answer, where that is needed
	 */
	private Similar find(Call call, String prompt, Partition partition, Trail before, Predicate<Candidate> servable,
			Predicate<Candidate> allowed) {
		Question question = call.question(prompt);
		Found found = this.search.find(question, partition, before.embedding(), call.policy.minSimilarity());
		List<Candidate> candidates = new ArrayList<>(found.candidates());
		boolean expired = candidates.removeIf(servable.negate());
		List<String> refused = both(refuse(candidates, prompt, partition),
				remove(candidates, allowed.negate(), SharedAnswers.REASON));
		Trail trail = before.with(found.embedding(), refused);
		while (!candidates.isEmpty()) {
			Chosen chosen = this.chooser.choose(question, candidates);
			Trail decided = new Trail(found.embedding(), both(refused, chosen.refusals()), chosen.candidate(),
					chosen.decision());
			if (!chosen.decision().served()) {
				return new Similar(null, expired, decided);
			}
			Hit hit = read(call, chosen.candidate(), found.look());
			if (hit != null) {
				return new Similar(hit, expired, decided);
			}
			candidates.remove(chosen.candidate());
			trail = before.with(found.embedding(), both(refused, chosen.refusals()));
		}
		return new Similar(null, expired, trail);
	}

	/**
	 * Take away what was reported to be wrong for the prompt, so that it is not served
	 * and supports nothing.
	 * @return why, for each that is taken away
	 */
	private List<String> refuse(List<Candidate> candidates, String prompt, Partition partition) {
		if (candidates.isEmpty()) {
			return List.of();
		}
		Predicate<CacheEntry> refused = this.refusals.of(partition, prompt);
		return remove(candidates, (candidate) -> refused.test(candidate.entry()), Refusals.REASON);
	}

	private static List<String> remove(List<Candidate> candidates, Predicate<Candidate> removed, String reason) {
		int before = candidates.size();
		candidates.removeIf(removed);
		return Collections.nCopies(before - candidates.size(), reason);
	}

	private static List<String> both(List<String> some, List<String> others) {
		return some.isEmpty() ? others : Stream.concat(some.stream(), others.stream()).toList();
	}

	private @Nullable Hit read(Call call, Candidate candidate, long look) {
		Object value = this.reader.value(call, candidate.key(), candidate.entry());
		return (value != null)
				? new Hit(Outcome.SEMANTIC, candidate.key(), candidate.entry(), value, candidate.similarity(), look)
				: null;
	}

	/**
	 * The trail with the prompt's embedding, for storing without a search.
	 */
	Trail embed(Call call, String prompt, Trail before) {
		return before.with(this.search.embed(call.question(prompt), before.embedding()));
	}

	/**
	 * Whether another wording, which is being loaded, will have an answer that will do.
	 */
	boolean isSame(Call call, String prompt, Partition partition, String other, double similarity) {
		return !this.refusals.separate(partition, prompt, other)
				&& this.chooser.isSame(call.question(prompt), other, similarity);
	}

	/**
	 * What the step came to.
	 *
	 * @param hit the answer to another wording, if one may be served
	 * @param expired whether there are candidates that are too old
	 * @param trail what it left behind
	 */
	record Similar(@Nullable Hit hit, boolean expired, Trail trail) {

	}

}
