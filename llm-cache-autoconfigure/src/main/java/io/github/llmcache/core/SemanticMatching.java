package io.github.llmcache.core;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.AnswerVote;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.calibration.Calibration.Choice;
import io.github.llmcache.calibration.Calibration.Decision;
import io.github.llmcache.core.Call.Hit;
import io.github.llmcache.embedding.ModelBusyException;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Match;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * Finds another wording of a prompt: embed it, search its partition, and serve the first
 * candidate that the verifier accepts, or what calibration says instead.
 */
final class SemanticMatching {

	/** Why a candidate is not served that the verifier accepts. */
	private static final String SUSPENDED = "error-budget";

	private static final Verdict FAILED = Verdict.refuse("verifier-failure", null);

	private static final int FEWEST_FOR_PRECEDENT = 3;

	/** How many of the most similar candidates are compared with each other, in pairs. */
	private static final int MOST_COMPARED = 10;

	private final @Nullable SemanticCacheStore store;

	private final @Nullable TextEmbedder embedder;

	private final @Nullable MatchVerifier verifier;

	private final @Nullable ParaphraseModel paraphrases;

	private final Calibration calibration;

	private final Clock clock;

	private final FailureReporter failures;

	private final LongSupplier looks;

	/**
	 * Create it.
	 * @param looks numbers the looks at the store
	 */
	SemanticMatching(LlmCacheBuilder builder, FailureReporter failures, LongSupplier looks) {
		this.store = (builder.store instanceof SemanticCacheStore semanticStore) ? semanticStore : null;
		this.embedder = builder.embedder;
		this.verifier = builder.verifier;
		this.paraphrases = builder.paraphrases;
		this.calibration = builder.calibration;
		this.clock = builder.clock;
		this.failures = failures;
		this.looks = looks;
	}

	/**
	 * Find a hit within its TTL. The call keeps the embedding for storing, the reasons of
	 * refusals, why there was no search if there was none, and whether there are others
	 * beyond their TTL.
	 */
	@Nullable Hit find(Call call, Partition partition, Function<Candidate, @Nullable Object> decoder) {
		Instant now = this.clock.instant();
		return find(call, partition, (candidate) -> {
			boolean stale = candidate.entry().isStale(now);
			call.expired |= stale;
			return !stale;
		}, decoder);
	}

	/**
	 * Find a hit among the candidates that may be served.
	 */
	@Nullable Hit find(Call call, Partition partition, Predicate<Candidate> servable,
			Function<Candidate, @Nullable Object> decoder) {
		Found found = search(call, partition, call.policy.minSimilarity());
		List<Candidate> candidates = new ArrayList<>(found.candidates());
		candidates.removeIf(servable.negate());
		while (!candidates.isEmpty()) {
			Choice choice = choose(call, candidates);
			Candidate candidate = choice.best();
			Decision decision = decide(call, choice);
			if (!decision.served()) {
				call.candidate = candidate;
				call.decision = decision;
				if (choice.verdict().accepted()) {
					call.refusals.add(SUSPENDED);
				}
				return null;
			}
			Object value = decoder.apply(candidate);
			if (value != null) {
				call.decision = decision;
				if (!choice.verdict().accepted()) {
					call.refusals.remove(choice.verdict().reason());
				}
				return new Hit(Outcome.SEMANTIC, candidate.key(), candidate.entry(), value, candidate.similarity(),
						found.look());
			}
			candidates.remove(candidate);
		}
		return null;
	}

	/**
	 * The first candidate that the verifier accepts, else the one that most speak for.
	 */
	private Choice choose(Call call, List<Candidate> candidates) {
		call.refusals.clear();
		List<Verdict> verdicts = new ArrayList<>(candidates.size());
		for (Candidate candidate : candidates) {
			Verdict verdict = verify(call, call.prompt, candidate);
			if (verdict.accepted()) {
				List<Candidate> supporters = AnswerVote.supporters(candidate, candidates);
				return new Choice(call.prompt, candidates, candidate, verdict, supporters, false, () -> null);
			}
			call.refusals.add(verdict.reason());
			verdicts.add(verdict);
		}
		if (verdicts.contains(FAILED) || !call.policy.accuracy().isWeighed()) {
			Candidate first = candidates.get(0);
			Verdict verdict = verdicts.contains(FAILED) ? FAILED : verdicts.get(0);
			return new Choice(call.prompt, candidates, first, verdict, List.of(first), false, () -> null);
		}
		List<Candidate> nearest = candidates.subList(0, Math.min(MOST_COMPARED, candidates.size()));
		Wordings wordings = new Wordings(nearest, (one, other) -> verify(call, one.entry().prompt(), other));
		Candidate best = AnswerVote.elect(wordings.distinct());
		Verdict verdict = verdicts.get(candidates.indexOf(best));
		List<Candidate> supporters = AnswerVote.supporters(best, wordings.distinct());
		boolean precedent = supporters.size() >= FEWEST_FOR_PRECEDENT
				&& wordings.differences(best).contains(verdict.reason());
		return new Choice(call.prompt, wordings.distinct(), best, verdict, supporters, precedent,
				() -> paraphrase(call, best));
	}

	/**
	 * Whether another wording asks for the same, as far as that can be told without its
	 * answer, and such answers are served.
	 */
	boolean isSame(Call call, String prompt, double similarity) {
		return call.policy.semantic() && verify(call, call.prompt, prompt, similarity).accepted()
				&& this.failures.attempt(Part.VERIFIER, "calibration", call.task(),
						() -> this.calibration.isServing(call.task(), call.policy.accuracy()), true);
	}

	private @Nullable Double paraphrase(Call call, Candidate candidate) {
		ParaphraseModel model = this.paraphrases;
		return (model != null) ? this.failures.<@Nullable Double>attempt(Part.VERIFIER, "paraphrase", call.task(),
				() -> model.probability(call.prompt, candidate.entry().prompt()), null) : null;
	}

	private Decision decide(Call call, Choice choice) {
		Accuracy accuracy = call.policy.accuracy();
		Decision verdict = Calibration.NONE.decide(call.task(), accuracy, choice);
		if (choice.verdict() == FAILED) {
			return verdict;
		}
		return this.failures.attempt(Part.VERIFIER, "calibration", call.task(),
				() -> this.calibration.decide(call.task(), accuracy, choice), verdict);
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
		for (Candidate candidate : search(call, partition, -1).candidates()) {
			judgements.add(new Explanation.Judgement(candidate.key().digest(), candidate.entry().prompt(),
					candidate.similarity(), verify(call, call.prompt, candidate), paraphrase(call, candidate)));
		}
		return judgements;
	}

	private Found search(Call call, Partition partition, double minSimilarity) {
		if (this.store == null || this.embedder == null || this.verifier == null) {
			call.semanticSkip = "not-available";
			return Found.NOTHING;
		}
		SemanticCacheStore semanticStore = this.store;
		float[] embedding = (call.embedding != null) ? call.embedding : embed(call, this.embedder);
		call.embedding = embedding;
		if (embedding == null) {
			return Found.NOTHING;
		}
		long look = this.looks.getAsLong();
		List<Candidate> candidates = this.failures.<@Nullable List<Candidate>>attempt(Part.STORE, "search", call.task(),
				() -> semanticStore.findSimilar(partition, embedding, call.policy.maxCandidates(), minSimilarity),
				null);
		call.semanticSkip = (candidates == null) ? "store-failure" : null;
		return (candidates != null) ? new Found(candidates, look) : Found.NOTHING;
	}

	private float @Nullable [] embed(Call call, TextEmbedder textEmbedder) {
		call.semanticSkip = "embedder-failure";
		return this.failures.<float @Nullable []>attempt(Part.EMBEDDER, call.task(), () -> {
			try {
				float[] embedding = textEmbedder.embed(call.prompt);
				call.semanticSkip = (embedding == null) ? "beyond-window" : null;
				return embedding;
			}
			catch (ModelBusyException ex) {
				call.semanticSkip = "embedder-busy";
				throw ex;
			}
		}, null);
	}

	private Verdict verify(Call call, String prompt, Candidate candidate) {
		return verify(call, prompt, candidate.entry().prompt(), candidate.similarity());
	}

	private Verdict verify(Call call, String prompt, String cachedPrompt, double similarity) {
		MatchVerifier matchVerifier = this.verifier;
		if (matchVerifier == null) {
			return FAILED;
		}
		Match match = new Match(call.task(), prompt, cachedPrompt, similarity);
		return this.failures.attempt(Part.VERIFIER, call.task(),
				() -> Objects.requireNonNull(matchVerifier.verify(match), "The verifier gave no verdict"), FAILED);
	}

	/**
	 * What a search found.
	 *
	 * @param candidates most similar first
	 * @param look the number of the look at the store
	 */
	private record Found(List<Candidate> candidates, long look) {

		static final Found NOTHING = new Found(List.of(), 0);

	}

}
