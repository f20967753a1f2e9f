package io.github.llmcache.calibration;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * Decides whether a verified candidate is served, based on all that is known about it,
 * and learns from answers.
 * <p>
 * Called by many threads at once. Deciding is part of a lookup, so it must be quick.
 */
public interface Calibration {

	/**
	 * The verifier alone decides, and nothing is learned.
	 */
	Calibration NONE = new Calibration() {

		@Override
		public Decision decide(String task, Accuracy accuracy, Choice choice) {
			return new Decision(choice.verdict().accepted(), false, null);
		}

		@Override
		public Decision decideAgain(String task, Accuracy accuracy, @Nullable MatchRecord before) {
			return new Decision(true, false, null);
		}

		@Override
		public void learn(String task, Accuracy accuracy, MatchRecord matchRecord, boolean served,
				AnswerEquivalence.Verdict verdict) {
		}

	};

	/**
	 * Decide about the best candidate.
	 * @param task the task
	 * @param accuracy how wrong hits are bounded
	 * @param choice the candidate
	 * @return the decision
	 */
	Decision decide(String task, Accuracy accuracy, Choice choice);

	/**
	 * Decide about a candidate that was served before and has not changed since, for the
	 * same prompt. It counts and is audited as the first time.
	 * @param task the task
	 * @param accuracy how wrong hits are bounded, as it was the first time
	 * @param before what was known then; {@code null} if nothing is learned
	 * @return the decision. If the candidate is not served, as by default, candidates are
	 * searched again, and decided about as usual
	 */
	default Decision decideAgain(String task, Accuracy accuracy, @Nullable MatchRecord before) {
		return new Decision(false, false, null);
	}

	/**
	 * Say what would be decided about the best candidate, to explain it: nothing is
	 * counted, audited or learned.
	 * @param task the task
	 * @param accuracy how wrong hits are bounded
	 * @param choice the candidate
	 * @return whether it would be served
	 */
	default boolean wouldServe(String task, Accuracy accuracy, Choice choice) {
		return decide(task, accuracy, choice).served();
	}

	/**
	 * Whether a task serves semantic hits at all at the moment.
	 * @param task the task
	 * @param accuracy how wrong hits are bounded
	 * @return {@code false} if the task is suspended
	 */
	default boolean isServing(String task, Accuracy accuracy) {
		return true;
	}

	/**
	 * How much surer than usual the paraphrase model has to be in a task to outweigh a
	 * refusal.
	 * @param task the task
	 * @return a factor of the odds, at least 1, which is the default
	 */
	default double caution(String task) {
		return 1;
	}

	/**
	 * Learn whether the answer of a candidate was right. Called in the background, so it
	 * may take a round trip to a server.
	 * @param task the task
	 * @param accuracy how wrong hits are bounded
	 * @param matchRecord what was known at the time of the decision
	 * @param served whether the candidate was served, so that a wrong answer is a wrong
	 * hit; otherwise the call was a miss
	 * @param verdict whether the answer was right; {@code UNKNOWN} is counted, but says
	 * nothing about the candidate
	 */
	void learn(String task, Accuracy accuracy, MatchRecord matchRecord, boolean served,
			AnswerEquivalence.Verdict verdict);

	/**
	 * The one candidate that may be served: the one accepted with the highest
	 * probability, or, if none is accepted, the most similar one with the answer that the
	 * candidates support most.
	 *
	 * @param prompt the incoming prompt
	 * @param candidates the candidates, most similar first; if none is accepted,
	 * candidates with the same answer whose prompts the verifier takes for the same are
	 * represented by one of them
	 * @param best the candidate
	 * @param verdict the verdict on it
	 * @param supporters the candidates with an answer of the same group as the best one,
	 * most similar first, the best one included; the best one alone if its answer is one
	 * that many questions share, such as "yes" or a number
	 * @param precedent whether the difference for which the verifier refuses the
	 * candidate has been shown not to matter here: there are at least three supporters,
	 * and two of them differ from each other in the same way
	 * @param opinion gives the probability that the prompt of a candidate asks for the
	 * same thing. If the candidate is not accepted, this may ask a
	 * {@link ParaphraseModel}, which takes some milliseconds. It gives {@code null} if
	 * the model cannot tell, or has been asked about enough other candidates
	 * @param known gives the same without asking: {@code null} if nobody has asked yet
	 */
	record Choice(String prompt, List<Candidate> candidates, Candidate best, Verdict verdict,
			List<Candidate> supporters, boolean precedent, Function<Candidate, @Nullable Double> opinion,
			Function<Candidate, @Nullable Double> known) {

		public Choice {
			candidates = List.copyOf(candidates);
			supporters = List.copyOf(supporters);
		}

		/**
		 * The share of the supporters in the weight of all candidates. The more similar a
		 * candidate is, the more it weighs.
		 * @return the share, between 0 (exclusive) and 1
		 */
		public double support() {
			return AnswerVote.weight(this.supporters) / AnswerVote.weight(this.candidates);
		}

		/**
		 * Similarity only: prompts and answers do not appear in log lines.
		 */
		@Override
		public String toString() {
			return "Choice[similarity=" + this.best.similarity() + ", verdict=" + this.verdict + "]";
		}

	}

	/**
	 * Whether a candidate is served.
	 *
	 * @param served whether it is
	 * @param audited whether the method answers as well, to find out whether that was
	 * right
	 * @param matchRecord what to learn from; {@code null} if nothing is learned
	 */
	record Decision(boolean served, boolean audited, @Nullable MatchRecord matchRecord) {

	}

}
