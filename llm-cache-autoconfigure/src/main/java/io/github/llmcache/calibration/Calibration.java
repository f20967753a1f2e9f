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
 * Decides whether a verified candidate is served, by all that is known about it, and
 * learns from answers.
 * <p>
 * Called by many threads at once; deciding is part of a lookup and has to be quick.
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
		public void learn(String task, Accuracy accuracy, MatchRecord matchRecord, AnswerEquivalence.Verdict verdict) {
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
	 * Whether semantic hits of a task are served at all, without a decision about one.
	 * @param task the task
	 * @param accuracy how wrong hits are bounded
	 * @return {@code false} if a task serves none for now
	 */
	default boolean isServing(String task, Accuracy accuracy) {
		return true;
	}

	/**
	 * Learn whether a candidate's answer was right. Called in the background; may be a
	 * round trip to a server.
	 * @param task the task
	 * @param accuracy how wrong hits are bounded
	 * @param matchRecord what was known when it was decided
	 * @param verdict whether the answer was right; {@code UNKNOWN} is no label, and is
	 * only counted
	 */
	void learn(String task, Accuracy accuracy, MatchRecord matchRecord, AnswerEquivalence.Verdict verdict);

	/**
	 * The candidate that is served, if any is: the one that is accepted most surely, else
	 * the most similar one of the answer that the candidates speak for most.
	 *
	 * @param prompt the incoming prompt
	 * @param candidates the candidates, most similar first; if none is accepted, only one
	 * of several with one answer whose prompts the verifier takes for the same
	 * @param best the candidate
	 * @param verdict the verdict on it
	 * @param supporters the candidates whose answer is equal to its answer, most similar
	 * first, itself included; only itself if the answer is one that many questions share,
	 * such as "yes" or a number
	 * @param precedent whether there are three supporters or more, and two of them differ
	 * in what the verifier refuses the candidate for, so that it does not matter here
	 * @param opinion how probable it is that a candidate's prompt asks for the same: may
	 * ask a {@link ParaphraseModel}, which takes some milliseconds, if the candidate is
	 * not accepted; gives {@code null} if the model cannot tell, or was asked about other
	 * candidates often enough
	 */
	record Choice(String prompt, List<Candidate> candidates, Candidate best, Verdict verdict,
			List<Candidate> supporters, boolean precedent, Function<Candidate, @Nullable Double> opinion) {

		public Choice {
			candidates = List.copyOf(candidates);
			supporters = List.copyOf(supporters);
		}

		/**
		 * How much of the candidates' weight is the supporters', where a candidate weighs
		 * more the more similar it is.
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
	 * @param audited whether the method answers, too, to find out whether that was right
	 * @param matchRecord what to learn from; {@code null} if nothing is learned
	 */
	record Decision(boolean served, boolean audited, @Nullable MatchRecord matchRecord) {

	}

}
