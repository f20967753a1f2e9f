package io.github.llmcache.core;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.MatchVerifier.Verdict;

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
		public void learn(String task, Accuracy accuracy, Observation observation, boolean right) {
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
	 * Learn that a candidate's answer was right, or wrong. Called in the background; may
	 * be a round trip to a server.
	 * @param task the task
	 * @param accuracy how wrong hits are bounded
	 * @param observation what was known when it was decided
	 * @param right whether the answer was right
	 */
	void learn(String task, Accuracy accuracy, Observation observation, boolean right);

	/**
	 * The candidate that is served, if any is: the first that the verifier accepts, else
	 * the most similar one.
	 *
	 * @param candidates all candidates, most similar first
	 * @param best the candidate
	 * @param verdict the verdict on it
	 * @param paraphrase how probable it is that its prompt asks for the same, by a
	 * {@link ParaphraseModel}; {@code null} if it was not asked, because the verifier
	 * accepts, or could not tell
	 */
	record Choice(List<Candidate> candidates, Candidate best, Verdict verdict, @Nullable Double paraphrase) {

		public Choice {
			candidates = List.copyOf(candidates);
		}

	}

	/**
	 * Whether a candidate is served.
	 *
	 * @param served whether it is
	 * @param audited whether the method answers, too, to find out whether that was right
	 * @param observation what to learn from; {@code null} if nothing is learned
	 */
	record Decision(boolean served, boolean audited, @Nullable Observation observation) {

	}

}
