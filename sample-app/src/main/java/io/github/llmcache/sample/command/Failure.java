package io.github.llmcache.sample.command;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.explain.Explanation.Judgement;

/**
 * A wrong hit or a missed one, with what the cache knew about the candidate, as one line
 * of JSON. Fields that do not apply are left out.
 *
 * @param kind what went wrong
 * @param outcome what the cache did, in lower case
 * @param task the task
 * @param category what the two prompts differ in, for pairs only
 * @param prompt the incoming prompt
 * @param candidate the wording whose answer was served; of a missed hit, the most similar
 * one with the right answer, or else the most similar one of all; {@code null} if there
 * is none
 * @param right whether the candidate's answer is right for the prompt
 * @param similarity cosine similarity of the two prompts
 * @param reason the verifier's reason, {@code accepted} if it lets the candidate be
 * served
 * @param detail what the verifier's decision rests on
 * @param probability how probable it is that the prompts ask for the same @param reasons
 * the verifier's reasons for all candidates, most similar first
 * @param skip why no candidate was looked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failure(Kind kind, String outcome, String task, @Nullable String category, String prompt,
		@Nullable String candidate, @Nullable Boolean right, @Nullable Double similarity, @Nullable String reason,
		@Nullable String detail, @Nullable Double probability, List<String> reasons, @Nullable String skip) {

	public Failure {
		reasons = List.copyOf(reasons);
	}

	/**
	 * Put together what is known of a failure.
	 * @param kind what went wrong
	 * @param outcome what the cache did
	 * @param task the task
	 * @param category what the two prompts of a pair differ in, or {@code null}
	 * @param prompt the incoming prompt
	 * @param explanation what the cache knew before
	 * @param candidate the candidate that was wrong or missed, or {@code null} if there
	 * is none
	 * @param right whether its answer is right
	 * @return the failure
	 */
	public static Failure of(Kind kind, Outcome outcome, String task, @Nullable String category, String prompt,
			Explanation explanation, @Nullable Judgement candidate, boolean right) {
		String name = outcome.name().toLowerCase(Locale.ROOT);
		List<String> reasons = explanation.candidates().stream().map((any) -> any.verdict().reason()).toList();
		String skip = (explanation.bypassReason() != null) ? explanation.bypassReason() : explanation.semanticSkip();
		if (candidate == null) {
			return new Failure(kind, name, task, category, prompt, null, null, null, null, null, null, reasons, skip);
		}
		return new Failure(kind, name, task, category, prompt, candidate.prompt(), right, candidate.similarity(),
				candidate.verdict().reason(), candidate.verdict().detail(), candidate.paraphrase(), reasons, skip);
	}

	/**
	 * What can go wrong.
	 */
	public enum Kind {

		/** A wrong answer was served. */
		WRONG,

		/** The right answer was there and was not served. */
		MISSED;

		/**
		 * As it is written.
		 * @return the name in lower case
		 */
		@Override
		@JsonValue
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
