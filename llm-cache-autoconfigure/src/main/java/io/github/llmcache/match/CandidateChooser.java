package io.github.llmcache.match;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.calibration.AnswerVote;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.calibration.Calibration.Choice;
import io.github.llmcache.calibration.Calibration.Decision;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.judge.JudgeCalls;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.ParaphraseModel;
import io.github.llmcache.verify.WordingJudge;

/**
 * Chooses the candidate that the verifier and the model accept most surely, or the one
 * that calibration or a judge serves instead. Safe for use by many threads.
 */
public final class CandidateChooser {

	/** Why a candidate that the verifier accepts is not served: the task is suspended. */
	private static final String SUSPENDED = "error-budget";

	/** For a candidate when another answer is nearly as probable. */
	private static final Verdict AMBIGUOUS = Verdict.refuse(Firmness.SOFT, "ambiguous", null);

	/** Why a candidate is not served that would be, if its task needed no caution. */
	private static final String CAUTION = "caution";

	private static final int FEWEST_FOR_PRECEDENT = 3;

	/** How many of the most similar candidates are compared with each other, in pairs. */
	private static final int MOST_COMPARED = 10;

	private final PromptComparer comparer;

	private final Calibration calibration;

	private final FailureReporter failures;

	private final @Nullable GreyZone greyZone;

	private final Basis basis;

	/**
	 * Create the chooser.
	 * @param verifier decides whether a candidate is right; {@code null} refuses all
	 * @param paraphrases the model; {@code null} if none is asked
	 * @param calibration decides by all that is known
	 * @param judge is asked about what these do not settle; {@code null} for none
	 * @param failures is notified of failures
	 */
	public CandidateChooser(@Nullable MatchVerifier verifier, @Nullable ParaphraseModel paraphrases,
			Calibration calibration, @Nullable JudgeCalls judge, FailureReporter failures) {
		this.comparer = new PromptComparer(verifier, paraphrases, failures);
		this.calibration = calibration;
		this.failures = failures;
		this.greyZone = (judge != null) ? new GreyZone(judge) : null;
		this.basis = new Basis(verifier, paraphrases, calibration, judge != null);
	}

	/**
	 * Choose a candidate, and decide whether it is served.
	 * @param asked what is asked for
	 * @param candidates most similar first; at least one
	 * @return what was chosen
	 */
	public Chosen choose(Question asked, List<Candidate> candidates) {
		Question question = cautious(asked);
		Opinions opinions = opinions(question);
		List<Verdict> verdicts = verdicts(question, candidates, opinions);
		Choice choice = choice(question, candidates, verdicts, opinions);
		Decision decision = decide(question, choice);
		Candidate judged = decision.served() ? null : judged(question, candidates, verdicts, opinions);
		if (judged != null) {
			choice = accepted(question, candidates, judged, opinions);
			decision = decide(question, choice);
			verdicts.set(candidates.indexOf(judged), Verdict.accept());
		}
		List<String> refusals = new ArrayList<>();
		verdicts.stream().filter((verdict) -> !verdict.accepted()).map(Verdict::reason).forEach(refusals::add);
		if (decision.served() && !choice.verdict().accepted()) {
			refusals.remove(choice.verdict().reason());
		}
		else if (!decision.served() && choice.verdict().accepted()) {
			refusals.add(SUSPENDED);
		}
		return new Chosen(choice.best(), decision, refusals);
	}

	/**
	 * Decide again about a candidate that was served to the same prompt before. It counts
	 * and is audited as the first time; neither verifier nor model is asked.
	 * @param question what is asked for
	 * @param before what was known when it was served the first time, or {@code null}
	 * @return whether it is served again. If not, a candidate has to be chosen again
	 */
	public Decision decideAgain(Question question, @Nullable MatchRecord before) {
		return this.failures.attempt(Part.VERIFIER, "calibration", question.task(),
				() -> this.calibration.decideAgain(question.task(), question.policy().accuracy(), before),
				new Decision(false, false, null));
	}

	/**
	 * What decisions rest on, apart from prompts and entries.
	 * @param policy what applies to the call
	 * @return a digest, 16 hexadecimal digits: another one when settings of the task,
	 * verifier, model or library change
	 */
	public String decidedBy(CachePolicy policy) {
		return this.basis.of(policy);
	}

	/**
	 * Say which candidate {@link #choose} would choose and serve. Nothing is counted,
	 * audited or learned.
	 * @param asked what is asked for
	 * @param candidates most similar first; may be empty
	 * @return the candidate, or {@code null} if none would be served
	 */
	public @Nullable Candidate preview(Question asked, List<Candidate> candidates) {
		if (candidates.isEmpty()) {
			return null;
		}
		Question question = cautious(asked);
		Opinions opinions = opinions(question);
		Choice choice = choice(question, candidates, verdicts(question, candidates, opinions), opinions);
		Accuracy accuracy = question.policy().accuracy();
		boolean served = (choice.verdict() != PromptComparer.FAILED) && this.failures.attempt(Part.VERIFIER,
				"calibration", question.task(), () -> this.calibration.wouldServe(question.task(), accuracy, choice),
				choice.verdict().accepted());
		return served ? choice.best() : null;
	}

	/**
	 * Judge candidates: those that may be served together, as {@link #choose} does; the
	 * others, and those that it would not look at, each by itself.
	 * @param asked what is asked for
	 * @param candidates most similar first
	 * @param servable whether a candidate is similar and young enough
	 * @return a judgement on each
	 */
	public List<Judgement> judge(Question asked, List<Candidate> candidates, Predicate<Candidate> servable) {
		Question question = cautious(asked);
		Opinions opinions = opinions(question);
		Iterator<Verdict> verdicts = verdicts(question, candidates.stream().filter(servable).toList(), opinions)
			.iterator();
		List<Judgement> judgements = new ArrayList<>();
		for (Candidate candidate : candidates) {
			Verdict verdict = (servable.test(candidate) && verdicts.hasNext()) ? verdicts.next()
					: verdict(question, candidate, opinions);
			Double known = opinions.known(candidate);
			Double probability = opinions.ask(candidate);
			List<Verdict> objections = this.comparer.objections(question.task(), question.prompt(),
					candidate.entry().prompt(), candidate.similarity());
			Verdict shown = isCaution(verdict, known, asked, question) ? caution(verdict, question) : verdict;
			judgements.add(new Judgement(candidate, shown, objections, probability));
		}
		return judgements;
	}

	/**
	 * Whether a candidate is refused for caution only.
	 */
	private static boolean isCaution(Verdict verdict, @Nullable Double known, Question asked, Question cautious) {
		return WordingJudge.combine(verdict, known, asked.minProbability()).accepted()
				&& !WordingJudge.combine(verdict, known, cautious.minProbability()).accepted();
	}

	private static Verdict caution(Verdict verdict, Question cautious) {
		return Verdict.refuse(Objects.requireNonNull(verdict.firmness()), CAUTION,
				String.format(Locale.ROOT, "the model has to give %.3f in this task", cautious.minProbability()));
	}

	/**
	 * Whether the answer to another wording, which is not known yet, would be served: the
	 * wording asks for the same, and the task is not suspended.
	 * @param asked what is asked for
	 * @param other the other wording
	 * @param similarity cosine similarity of both, between -1 and 1
	 * @return whether its answer will do
	 */
	public boolean isSame(Question asked, String other, double similarity) {
		Question question = cautious(asked);
		String task = question.task();
		Accuracy accuracy = question.policy().accuracy();
		Verdict verdict = question.policy().semantic()
				? this.comparer.verify(task, question.prompt(), other, similarity) : PromptComparer.FAILED;
		return verdict.accepted() && WordingJudge
			.combine(verdict, this.comparer.probability(task, question.prompt(), other), accuracy.minProbability())
			.accepted() && isServing(question);
	}

	/**
	 * The verdicts on the candidates, up to the first that is accepted for certain. None
	 * is accepted where two answers are nearly as probable.
	 */
	private List<Verdict> verdicts(Question question, List<Candidate> candidates, Opinions opinions) {
		List<Verdict> verdicts = new ArrayList<>(candidates.size());
		for (Candidate candidate : candidates) {
			Verdict verdict = verdict(question, candidate, opinions);
			verdicts.add(verdict);
			if (verdict.accepted() && Preference.isCertain(candidate, opinions)) {
				break;
			}
		}
		Candidate accepted = Preference.surest(candidates, verdicts, opinions);
		if (accepted != null && Preference.isAmbiguous(accepted, candidates, opinions,
				(one, other) -> isSameNeed(question, one, other))) {
			verdicts.replaceAll((verdict) -> verdict.accepted() ? AMBIGUOUS : verdict);
		}
		return verdicts;
	}

	private Verdict verdict(Question question, Candidate candidate, Opinions opinions) {
		Verdict verdict = verify(question, question.prompt(), candidate);
		if (verdict.accepted()) {
			return WordingJudge.combine(verdict, opinions.ofAccepted(candidate), question.minProbability());
		}
		boolean asked = verdict != PromptComparer.FAILED && question.minProbability() < 1
				&& opinions.isWorthAsking(candidate, Objects.requireNonNull(verdict.firmness()));
		return asked ? WordingJudge.combine(verdict, opinions.of(candidate), question.minProbability()) : verdict;
	}

	/**
	 * The candidate that is accepted most surely, or else one with the answer that the
	 * candidates support most.
	 */
	private Choice choice(Question question, List<Candidate> candidates, List<Verdict> verdicts, Opinions opinions) {
		String prompt = question.prompt();
		Candidate accepted = Preference.surest(candidates, verdicts, opinions);
		if (accepted != null) {
			return accepted(question, candidates, accepted, opinions);
		}
		boolean failed = verdicts.contains(PromptComparer.FAILED);
		if (failed || !question.policy().accuracy().isWeighed()) {
			Candidate first = candidates.get(0);
			return new Choice(prompt, candidates, first, failed ? PromptComparer.FAILED : verdicts.get(0),
					List.of(first), false, opinions::known, opinions::known);
		}
		List<Candidate> nearest = candidates.subList(0, Math.min(MOST_COMPARED, candidates.size()));
		Wordings wordings = new Wordings(nearest, (one, other) -> verify(question, one.entry().prompt(), other));
		Candidate best = AnswerVote.elect(wordings.distinct());
		Verdict verdict = verdicts.get(candidates.indexOf(best));
		List<Candidate> supporters = AnswerVote.supporters(best, wordings.distinct());
		boolean precedent = supporters.size() >= FEWEST_FOR_PRECEDENT
				&& wordings.differences(best).contains(verdict.reason());
		return new Choice(prompt, wordings.distinct(), best, verdict, supporters, precedent,
				(candidate) -> (candidate == best) ? opinions.ask(candidate) : opinions.of(candidate), opinions::known);
	}

	private static Choice accepted(Question question, List<Candidate> candidates, Candidate best, Opinions opinions) {
		return new Choice(question.prompt(), candidates, best, Verdict.accept(),
				AnswerVote.supporters(best, candidates), false, opinions::known, opinions::known);
	}

	/**
	 * The candidate that a judge takes for right. There is none if others are accepted
	 * but not served, because the task is suspended.
	 */
	private @Nullable Candidate judged(Question question, List<Candidate> candidates, List<Verdict> verdicts,
			Opinions opinions) {
		GreyZone unsettled = this.greyZone;
		if (unsettled == null || verdicts.stream().anyMatch(Verdict::accepted) || !isServing(question)) {
			return null;
		}
		return unsettled.find(question, candidates, verdicts, opinions);
	}

	/**
	 * The same question, asked where the model has to be as sure as the task's answers
	 * have shown.
	 */
	private Question cautious(Question question) {
		double caution = caution(question);
		return (caution > 1) ? question.with(WordingJudge.raise(question.minProbability(), caution)) : question;
	}

	/**
	 * How much surer than the settings say the model has to be.
	 * @param question what is asked for
	 * @return a factor of the odds, at least 1
	 */
	public double caution(Question question) {
		return this.failures.attempt(Part.VERIFIER, "calibration", question.task(),
				() -> this.calibration.caution(question.task()), 1.0);
	}

	private boolean isServing(Question question) {
		Accuracy accuracy = question.policy().accuracy();
		return this.failures.attempt(Part.VERIFIER, "calibration", question.task(),
				() -> this.calibration.isServing(question.task(), accuracy), true);
	}

	private Decision decide(Question question, Choice choice) {
		Accuracy accuracy = question.policy().accuracy();
		Decision verdict = Calibration.NONE.decide(question.task(), accuracy, choice);
		if (choice.verdict() == PromptComparer.FAILED) {
			return verdict;
		}
		return this.failures.attempt(Part.VERIFIER, "calibration", question.task(),
				() -> this.calibration.decide(question.task(), accuracy, choice), verdict);
	}

	private Opinions opinions(Question question) {
		return new Opinions((candidate) -> probability(question, question.prompt(), candidate),
				(candidate) -> this.comparer.roughProbability(question.task(), question.prompt(),
						candidate.entry().prompt()));
	}

	private boolean isSameNeed(Question question, Candidate one, Candidate other) {
		Double probability = probability(question, one.entry().prompt(), other);
		return probability != null && probability >= question.minProbability();
	}

	private Verdict verify(Question question, String prompt, Candidate candidate) {
		return this.comparer.verify(question.task(), prompt, candidate.entry().prompt(), candidate.similarity());
	}

	private @Nullable Double probability(Question question, String prompt, Candidate candidate) {
		return this.comparer.probability(question.task(), prompt, candidate.entry().prompt());
	}

	/**
	 * What was chosen.
	 *
	 * @param candidate the candidate that was decided about
	 * @param decision whether it is served
	 * @param refusals why candidates are not served
	 */
	public record Chosen(Candidate candidate, Decision decision, List<String> refusals) {

		public Chosen {
			refusals = List.copyOf(refusals);
		}

	}

	/**
	 * A candidate, and what verifier and model say of it.
	 *
	 * @param candidate the candidate
	 * @param verdict whether its answer is right
	 * @param objections all that the verifier has against it
	 * @param probability how probable it is by the model that both prompts ask for the
	 * same; {@code null} if it cannot tell
	 */
	public record Judgement(Candidate candidate, Verdict verdict, List<Verdict> objections,
			@Nullable Double probability) {

		/**
		 * The same with another verdict.
		 * @param newVerdict the verdict
		 * @return a copy
		 */
		public Judgement with(Verdict newVerdict) {
			return new Judgement(this.candidate, newVerdict, this.objections, this.probability);
		}

	}

}
