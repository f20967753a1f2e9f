package io.github.llmcache.core;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.Calibration.Decision;
import io.github.llmcache.core.AnswerReader.Look;
import io.github.llmcache.core.SemanticMatching.Similar;
import io.github.llmcache.correction.Refusals;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.match.CandidateChooser;
import io.github.llmcache.match.Embedding;
import io.github.llmcache.match.Question;
import io.github.llmcache.store.Alias;
import io.github.llmcache.store.AliasStore;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.Candidate;

/**
 * Serves a wording again what it was served before, without embedding it, searching or
 * asking a model. The calibration decides each time.
 */
final class Rewordings {

	private final @Nullable AliasStore store;

	private final CandidateChooser chooser;

	private final AnswerReader reader;

	private final Refusals refusals;

	private final FailureReporter failures;

	Rewordings(CacheStore store, CandidateChooser chooser, AnswerReader reader, Refusals refusals,
			FailureReporter failures) {
		this.store = (store instanceof AliasStore aliasStore) ? aliasStore : null;
		this.chooser = chooser;
		this.reader = reader;
		this.refusals = refusals;
		this.failures = failures;
	}

	/**
	 * Find what the wording was served before.
	 * @param prompt the call's prompt, normalised
	 * @param key where an entry of the wording would be
	 * @param look at that place
	 * @return the hit, or {@code null} if candidates have to be searched
	 */
	@Nullable Similar find(Call call, String prompt, CacheKey key, Look look) {
		Alias alias = look.alias();
		if (alias == null || !alias.decidedBy().equals(this.chooser.decidedBy(call.policy))
				|| this.reader.isStale(alias.entry())
				|| this.refusals.of(key.partition(), prompt).test(alias.entry())) {
			return null;
		}
		CacheEntry entry = alias.entry();
		Candidate candidate = new Candidate(new CacheKey(key.partition(), alias.digest()), entry, alias.similarity());
		Object value = this.reader.value(call, candidate.key(), entry);
		if (value == null) {
			return null;
		}
		Question question = call.question(prompt);
		Decision decision = this.chooser.decideAgain(question, alias.matchRecord());
		if (!decision.served()) {
			return null;
		}
		return new Similar(new Hit(Outcome.SEMANTIC, candidate.key(), entry, value, alias.similarity(), look.number()),
				false, new Trail(Embedding.NONE, List.of(), candidate, decision));
	}

	/**
	 * Remember what a wording is served. What is audited gets an entry of its own.
	 * @param key where an entry of the wording would be
	 * @param similar what it is served
	 */
	void remember(Call call, CacheKey key, Similar similar) {
		AliasStore aliases = this.store;
		Hit hit = similar.hit();
		Decision decision = similar.trail().decision();
		if (aliases == null || hit == null || hit.similarity() == null || decision == null
				|| similar.trail().isAudited()) {
			return;
		}
		Alias alias = new Alias(hit.key().digest(), hit.entry(), hit.similarity(), this.chooser.decidedBy(call.policy),
				decision.matchRecord());
		this.failures.attempt(Part.STORE, "remember", call.task(), () -> {
			aliases.remember(key, alias);
			return true;
		}, false);
	}

}
