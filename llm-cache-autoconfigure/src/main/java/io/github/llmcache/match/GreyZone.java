package io.github.llmcache.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.judge.EquivalenceJudge.Inquiry;
import io.github.llmcache.judge.JudgeCalls;
import io.github.llmcache.judge.JudgeSettings;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Asks a judge about candidates that neither the verifier nor the model has settled: what
 * a guard is certain of is settled, and so is what the model takes for rather improbable.
 * <p>
 * The most probable ones come first, one of each group of answers. A judge errs now and
 * then, and there are several candidates that are not right for each one that is. So a
 * favourable verdict has to be confirmed: by that on another wording with the same
 * answer, or else on the two prompts the other way round.
 */
final class GreyZone {

	private final JudgeCalls calls;

	private final JudgeSettings settings;

	GreyZone(JudgeCalls calls) {
		this.calls = calls;
		this.settings = calls.settings();
	}

	/**
	 * Find a candidate whose answer may be served.
	 * @param candidates none of which is accepted
	 * @param verdicts the verdict on each
	 * @return the candidate, or {@code null} if there is none
	 */
	@Nullable Candidate find(Question question, List<Candidate> candidates, List<Verdict> verdicts, Opinions opinions) {
		List<Candidate> open = open(candidates, verdicts, opinions);
		Set<String> asked = new HashSet<>();
		long deadline = this.calls.deadline();
		for (Candidate candidate : open) {
			if (asked.contains(candidate.entry().group())) {
				continue;
			}
			if (asked.size() == this.settings.maxCandidates()) {
				break;
			}
			asked.add(candidate.entry().group());
			if (isSame(question.task(), question.prompt(), candidate.entry().prompt(), deadline)
					&& (probability(candidate, opinions) >= this.settings.confirmBelow()
							|| isConfirmed(question, candidate, open, deadline))) {
				return candidate;
			}
		}
		return null;
	}

	private List<Candidate> open(List<Candidate> candidates, List<Verdict> verdicts, Opinions opinions) {
		List<Candidate> open = new ArrayList<>();
		for (int i = 0; i < candidates.size(); i++) {
			Verdict verdict = verdicts.get(i);
			if (verdict != PromptComparer.FAILED && verdict.firmness() != Firmness.ABSOLUTE
					&& probability(candidates.get(i), opinions) >= this.settings.minProbability()) {
				open.add(candidates.get(i));
			}
		}
		open.sort(Comparator.comparingDouble((Candidate candidate) -> probability(candidate, opinions)).reversed());
		return open;
	}

	/**
	 * Without a model, all candidates are equally probable, and none very probable.
	 */
	private double probability(Candidate candidate, Opinions opinions) {
		Double probability = opinions.ask(candidate);
		return (probability != null) ? probability : this.settings.minProbability();
	}

	private boolean isConfirmed(Question question, Candidate candidate, List<Candidate> open, long deadline) {
		String cached = candidate.entry().prompt();
		return open.stream()
			.filter((other) -> other != candidate && other.entry().group().equals(candidate.entry().group()))
			.findFirst()
			.map((other) -> isSame(question.task(), question.prompt(), other.entry().prompt(), deadline))
			.orElseGet(() -> isSame(question.task(), cached, question.prompt(), deadline));
	}

	private boolean isSame(String task, String prompt, String cachedPrompt, long deadline) {
		return this.calls.await(Inquiry.of(task, prompt, cachedPrompt), deadline) == AnswerEquivalence.Verdict.SAME;
	}

}
