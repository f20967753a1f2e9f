package io.github.llmcache.verify;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether the answer to one prompt also answers another.
 * <p>
 * Called by many threads at once: once for each candidate, most similar first, until one
 * is accepted. It may throw any unchecked exception; the candidate is not served then.
 */
public interface MatchVerifier {

	/**
	 * Judge one candidate.
	 * @param match the two prompts
	 * @return the verdict; a refused candidate is served only if cached answers or the
	 * task's own traffic outweigh the refusal, as far as its {@link Firmness} and
	 * {@link io.github.llmcache.policy.Accuracy Accuracy} allow
	 */
	Verdict verify(Match match);

	/**
	 * Everything that speaks against a candidate, to explain a verdict.
	 * @param match the two prompts
	 * @return all refusals, of which the verdict is one; none if the candidate is
	 * accepted
	 */
	default List<Verdict> objections(Match match) {
		Verdict verdict = verify(match);
		return verdict.accepted() ? List.of() : List.of(verdict);
	}

	/**
	 * What its verdicts rest on, apart from the prompts: a decision that is remembered is
	 * made again when this has changed.
	 * @return a text, by default the name of the class; another one whenever rules or
	 * models of the verifier change
	 */
	default String fingerprint() {
		return getClass().getName();
	}

	/**
	 * Two prompts of one partition.
	 *
	 * @param task the task, for verifiers that treat tasks differently
	 * @param prompt the incoming prompt, normalised
	 * @param cachedPrompt the prompt that the cached answer was loaded for, normalised
	 * @param similarity cosine similarity of their embeddings, between -1 and 1
	 */
	record Match(String task, String prompt, String cachedPrompt, double similarity) {

		/**
		 * Task and similarity only: prompts do not appear in log lines.
		 */
		@Override
		public String toString() {
			return "Match[task=" + this.task + ", similarity=" + this.similarity + "]";
		}

	}

	/**
	 * What may outweigh a refusal, apart from the task's own traffic.
	 */
	enum Firmness {

		/**
		 * Nothing: the difference is certain to change the answer.
		 */
		ABSOLUTE,

		/**
		 * What outweighs a {@link #FIRM firm} one, where a model is surer still: one word
		 * is exchanged for another or added, and all else is the same.
		 */
		HARD,

		/**
		 * Several cached answers that agree, with a precedent among them: their prompts
		 * differ from each other in the very thing for which the candidate is refused.
		 */
		FIRM,

		/**
		 * Several cached answers that agree.
		 */
		SOFT

	}

	/**
	 * What a verifier decided.
	 *
	 * @param firmness what may outweigh a refusal; {@code null} if the cached answer may
	 * be served
	 * @param reason the reason, one of a small fixed set of lower-case words joined by
	 * dashes ({@code number}, {@code negation}), used as a tag of meters
	 * @param detail the basis of the decision, for example the two numbers that differ;
	 * it may quote the prompts, so it is shown only where prompts are
	 */
	record Verdict(@Nullable Firmness firmness, String reason, @Nullable String detail) {

		private static final Verdict ACCEPTED = new Verdict(null, "accepted", null);

		/**
		 * The cached answer may be served.
		 * @return an accepting verdict
		 */
		public static Verdict accept() {
			return ACCEPTED;
		}

		/**
		 * The cached answer must not be served; the refusal is {@link Firmness#FIRM
		 * firm}.
		 * @param reason why, see {@link #reason()}
		 * @param detail what the decision rests on, see {@link #detail()}
		 * @return a refusing verdict
		 */
		public static Verdict refuse(String reason, @Nullable String detail) {
			return refuse(Firmness.FIRM, reason, detail);
		}

		/**
		 * The cached answer must not be served.
		 * @param firmness what may outweigh the refusal
		 * @param reason why, see {@link #reason()}
		 * @param detail what the decision rests on, see {@link #detail()}
		 * @return a refusing verdict
		 */
		public static Verdict refuse(Firmness firmness, String reason, @Nullable String detail) {
			return new Verdict(firmness, reason, detail);
		}

		/**
		 * Whether the cached answer may be served.
		 * @return {@code false} if it is refused
		 */
		public boolean accepted() {
			return this.firmness == null;
		}

		/**
		 * Decision and reason only: the detail may quote prompts.
		 */
		@Override
		public String toString() {
			return (accepted() ? "accepted" : "refused") + " (" + this.reason + ")";
		}

	}

}
