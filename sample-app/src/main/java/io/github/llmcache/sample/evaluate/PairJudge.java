package io.github.llmcache.sample.evaluate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.sample.command.Failure;
import io.github.llmcache.sample.command.Failure.Kind;
import io.github.llmcache.sample.command.FailureLog;
import io.github.llmcache.store.EvictionSelector;

/**
 * Puts the answer of one prompt into the cache and asks for the other. The source of the
 * pair is the task, so that settings can be made by source; each pair has a scope of its
 * own, and is gone from the cache afterwards.
 */
class PairJudge {

	private static final String ANSWER = "answer";

	private static final double EQUAL = 3;

	private static final double ACCEPTED = 1;

	private static final double CERTAIN = 1;

	private final LlmCache cache;

	private final FailureLog failures;

	PairJudge(LlmCache cache, FailureLog failures) {
		this.cache = cache;
		this.failures = failures;
	}

	Judgement judge(PromptPair pair, String scope) {
		CacheRequest<String> incoming = request(pair, pair.promptB(), scope);
		this.cache.get(request(pair, pair.promptA(), scope), () -> ANSWER);
		try {
			Explanation explanation = this.cache.explain(incoming);
			Outcome outcome = this.cache.get(incoming, () -> ANSWER).outcome();
			if (outcome.isHit() != pair.match()) {
				this.failures.add(failure(pair, outcome, explanation));
			}
			return new Judgement(pair, outcome.isHit(), score(explanation), probability(explanation),
					outcome.isHit() ? null : refusal(explanation));
		}
		finally {
			this.cache.evict(EvictionSelector.task(pair.source()).withScope(scope));
		}
	}

	private static CacheRequest<String> request(PromptPair pair, String prompt, String scope) {
		return CacheRequest.forTask(pair.source(), String.class).prompt(prompt).scope(scope).semantic(true).build();
	}

	private static Failure failure(PromptPair pair, Outcome outcome, Explanation explanation) {
		return Failure.of(pair.match() ? Kind.MISSED : Kind.WRONG, outcome, pair.source(), pair.category(),
				pair.promptB(), explanation, candidate(explanation), pair.match());
	}

	private static @Nullable Double probability(Explanation explanation) {
		if (explanation.exact()) {
			return CERTAIN;
		}
		Explanation.Judgement candidate = candidate(explanation);
		return (candidate != null) ? candidate.paraphrase() : null;
	}

	private static Explanation.@Nullable Judgement candidate(Explanation explanation) {
		return explanation.candidates().isEmpty() ? null : explanation.candidates().get(0);
	}

	/**
	 * How sure it is that the answer may be served. An equal prompt is surest; then come
	 * candidates that the verifier accepts, by similarity, and then those that it
	 * refuses, by the opinion of the paraphrase model.
	 */
	private static @Nullable Double score(Explanation explanation) {
		if (explanation.exact()) {
			return EQUAL;
		}
		Explanation.Judgement candidate = candidate(explanation);
		if (candidate == null) {
			return null;
		}
		if (candidate.verdict().accepted()) {
			return ACCEPTED + candidate.similarity();
		}
		return candidate.paraphrase();
	}

	private static String refusal(Explanation explanation) {
		if (explanation.bypassReason() != null) {
			return explanation.bypassReason();
		}
		if (explanation.semanticSkip() != null) {
			return explanation.semanticSkip();
		}
		Explanation.Judgement candidate = candidate(explanation);
		if (candidate == null) {
			return "no-candidate";
		}
		if (candidate.similarity() < explanation.minSimilarity()) {
			return "min-similarity";
		}
		return candidate.verdict().accepted() ? "not-semantic" : candidate.verdict().reason();
	}

}
