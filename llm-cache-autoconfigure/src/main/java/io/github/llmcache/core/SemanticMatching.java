package io.github.llmcache.core;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.AnswerVote;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.calibration.Calibration.Choice;
import io.github.llmcache.calibration.Calibration.Decision;
import io.github.llmcache.core.CandidateSearch.Found;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.Partition;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Match;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.ParaphraseModel;
import io.github.llmcache.verify.WordingJudge;

/**
 * Finds another wording of a prompt: search its partition, and serve the candidate that
 * the verifier and the model accept most surely, or what calibration says instead.
 */
final class SemanticMatching {

	/** Why a candidate is not served that the verifier accepts. */
	private static final String SUSPENDED = "error-budget";

	private static final Verdict FAILED = Verdict.refuse("verifier-failure", null);

	/** Another answer is nearly as probable. */
	private static final Verdict AMBIGUOUS = Verdict.refuse(Firmness.SOFT, "ambiguous", null);

	/** The model is not asked about what the verifier refuses and is less similar. */
	private static final double LEAST_SIMILAR = 0.6;

	private static final int FEWEST_FOR_PRECEDENT = 3;

	/** How many of the most similar candidates are compared with each other, in pairs. */
	private static final int MOST_COMPARED = 10;

	private final CandidateSearch search;

	private final @Nullable MatchVerifier verifier;

	private final @Nullable ParaphraseModel paraphrases;

	private final Calibration calibration;

	private final Clock clock;

	private final FailureReporter failures;

	private final AnswerReader reader;

	SemanticMatching(CandidateSearch search, AnswerReader reader, @Nullable MatchVerifier verifier,
			@Nullable ParaphraseModel paraphrases, Calibration calibration, Clock clock, FailureReporter failures) {
		this.search = search;
		this.verifier = verifier;
		this.paraphrases = paraphrases;
		this.calibration = calibration;
		this.reader = reader;
		this.clock = clock;
		this.failures = failures;
	}

	/**
	 * Find a hit within its TTL.
	 * @param prompt the call's prompt, normalised
	 * @param before what an earlier search of the call has left behind
	 */
	Similar find(Call call, String prompt, Partition partition, Trail before) {
		Instant now = this.clock.instant();
		return find(call, prompt, partition, before, (candidate) -> !candidate.entry().isStale(now));
	}

	/**
	 * Find a hit, even beyond its TTL, for a call whose method failed.
	 */
	Similar findKept(Call call, String prompt, Partition partition, Trail before) {
		Similar similar = find(call, prompt, partition, before,
				(candidate) -> this.reader.isKept(call, candidate.entry()));
		Hit hit = similar.hit();
		return (hit == null) ? similar : new Similar(hit.with(this.reader.outcome(hit.entry(), Outcome.SEMANTIC)),
				similar.expired(), similar.trail());
	}

	private Similar find(Call call, String prompt, Partition partition, Trail before, Predicate<Candidate> servable) {
		Found found = this.search.find(call, prompt, partition, before.embedding().vector(),
				call.policy.minSimilarity());
		List<String> refusals = new ArrayList<>(before.refusals());
		List<Candidate> candidates = new ArrayList<>(found.candidates());
		boolean expired = candidates.removeIf(servable.negate());
		while (!candidates.isEmpty()) {
			Choice choice = choose(call, prompt, candidates, refusals);
			Candidate candidate = choice.best();
			Decision decision = decide(call, choice);
			if (!decision.served()) {
				if (choice.verdict().accepted()) {
					refusals.add(SUSPENDED);
				}
				return new Similar(null, expired,
						new Trail(found.embedding(), List.copyOf(refusals), candidate, decision));
			}
			Object value = this.reader.value(call, candidate.key(), candidate.entry());
			if (value != null) {
				if (!choice.verdict().accepted()) {
					refusals.remove(choice.verdict().reason());
				}
				Hit hit = new Hit(Outcome.SEMANTIC, candidate.key(), candidate.entry(), value, candidate.similarity(),
						found.look());
				return new Similar(hit, expired,
						new Trail(found.embedding(), List.copyOf(refusals), candidate, decision));
			}
			candidates.remove(candidate);
		}
		return new Similar(null, expired,
				new Trail(found.embedding(), List.copyOf(refusals), before.candidate(), before.decision()));
	}

	/**
	 * The candidate that is accepted most surely, else the one that most speak for.
	 */
	private Choice choose(Call call, String prompt, List<Candidate> candidates, List<String> refusals) {
		Opinions opinions = new Opinions((candidate) -> paraphrase(call, prompt, candidate));
		List<Verdict> verdicts = judge(call, prompt, candidates, opinions);
		Candidate accepted = Preference.surest(candidates, verdicts, opinions);
		if (accepted != null && Preference.isAmbiguous(accepted, candidates, opinions,
				(one, other) -> isSameNeed(call, one, other))) {
			verdicts.replaceAll((verdict) -> verdict.accepted() ? AMBIGUOUS : verdict);
			accepted = null;
		}
		refusals.clear();
		verdicts.stream().filter((verdict) -> !verdict.accepted()).map(Verdict::reason).forEach(refusals::add);
		if (accepted != null) {
			return new Choice(prompt, candidates, accepted, Verdict.accept(),
					AnswerVote.supporters(accepted, candidates), false, opinions::known);
		}
		if (verdicts.contains(FAILED) || !call.policy.accuracy().isWeighed()) {
			Candidate first = candidates.get(0);
			Verdict verdict = verdicts.contains(FAILED) ? FAILED : verdicts.get(0);
			return new Choice(prompt, candidates, first, verdict, List.of(first), false, opinions::known);
		}
		List<Candidate> nearest = candidates.subList(0, Math.min(MOST_COMPARED, candidates.size()));
		Wordings wordings = new Wordings(nearest, (one, other) -> verify(call, one.entry().prompt(), other));
		Candidate best = AnswerVote.elect(wordings.distinct());
		Verdict verdict = verdicts.get(candidates.indexOf(best));
		List<Candidate> supporters = AnswerVote.supporters(best, wordings.distinct());
		boolean precedent = supporters.size() >= FEWEST_FOR_PRECEDENT
				&& wordings.differences(best).contains(verdict.reason());
		return new Choice(prompt, wordings.distinct(), best, verdict, supporters, precedent,
				(candidate) -> (candidate == best) ? opinions.ask(candidate) : opinions.of(candidate));
	}

	/**
	 * The verdicts on the candidates, up to the first that is accepted for certain.
	 */
	private List<Verdict> judge(Call call, String prompt, List<Candidate> candidates, Opinions opinions) {
		List<Verdict> verdicts = new ArrayList<>(candidates.size());
		for (Candidate candidate : candidates) {
			Verdict verdict = judge(call, verify(call, prompt, candidate), candidate, opinions);
			verdicts.add(verdict);
			if (verdict.accepted() && Preference.isCertain(candidate, opinions)) {
				break;
			}
		}
		return verdicts;
	}

	private boolean isSameNeed(Call call, Candidate one, Candidate other) {
		Double probability = paraphrase(call, one.entry().prompt(), other);
		return probability != null && probability >= call.policy.accuracy().minProbability();
	}

	private Verdict judge(Call call, Verdict verdict, Candidate candidate, Opinions opinions) {
		double minProbability = call.policy.accuracy().minProbability();
		boolean asked = verdict.accepted() || (verdict != FAILED && verdict.firmness() != Firmness.ABSOLUTE
				&& minProbability < 1 && candidate.similarity() >= LEAST_SIMILAR);
		return asked ? WordingJudge.combine(verdict, opinions.of(candidate), minProbability) : verdict;
	}

	/**
	 * Whether another wording asks for the same, as far as that can be told without its
	 * answer, and such answers are served.
	 */
	boolean isSame(Call call, String prompt, String other, double similarity) {
		Verdict verdict = call.policy.semantic() ? verify(call, prompt, other, similarity) : FAILED;
		return verdict.accepted()
				&& WordingJudge
					.combine(verdict, paraphrase(call, prompt, other), call.policy.accuracy().minProbability())
					.accepted()
				&& this.failures.attempt(Part.VERIFIER, "calibration", call.task(),
						() -> this.calibration.isServing(call.task(), call.policy.accuracy()), true);
	}

	private @Nullable Double paraphrase(Call call, String prompt, Candidate candidate) {
		return paraphrase(call, prompt, candidate.entry().prompt());
	}

	private @Nullable Double paraphrase(Call call, String prompt, String cachedPrompt) {
		ParaphraseModel model = this.paraphrases;
		return (model != null) ? this.failures.<@Nullable Double>attempt(Part.VERIFIER, "paraphrase", call.task(),
				() -> model.probability(prompt, cachedPrompt), null) : null;
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
	 * Judge the nearest candidates, however far they are.
	 */
	Judged judge(Call call, String prompt, Partition partition) {
		Found found = this.search.find(call, prompt, partition, null, -1);
		List<Explanation.Judgement> judgements = new ArrayList<>();
		for (Candidate candidate : found.candidates()) {
			Double probability = paraphrase(call, prompt, candidate);
			Verdict verdict = WordingJudge.combine(verify(call, prompt, candidate), probability,
					call.policy.accuracy().minProbability());
			judgements.add(new Explanation.Judgement(candidate.key().digest(), candidate.entry().prompt(),
					candidate.similarity(), verdict, probability));
		}
		return new Judged(judgements, found.embedding().skip());
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
	 * What the step came to.
	 *
	 * @param hit the answer to another wording, if one may be served
	 * @param expired whether there are candidates that are too old
	 * @param trail what it left behind
	 */
	record Similar(@Nullable Hit hit, boolean expired, Trail trail) {

	}

	/**
	 * What {@link #judge} found.
	 *
	 * @param candidates most similar first
	 * @param skip why nothing was searched, or {@code null}
	 */
	record Judged(List<Explanation.Judgement> candidates, @Nullable String skip) {

	}

}
