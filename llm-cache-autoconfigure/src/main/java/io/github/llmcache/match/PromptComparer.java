package io.github.llmcache.match;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Match;
import io.github.llmcache.verify.MatchVerifier.Verdict;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * Asks the verifier and the model about two prompts, and keeps their failures from the
 * call.
 */
final class PromptComparer {

	/** The verifier has no verdict. */
	static final Verdict FAILED = Verdict.refuse("verifier-failure", null);

	private final @Nullable MatchVerifier verifier;

	private final @Nullable ParaphraseModel paraphrases;

	private final FailureReporter failures;

	PromptComparer(@Nullable MatchVerifier verifier, @Nullable ParaphraseModel paraphrases, FailureReporter failures) {
		this.verifier = verifier;
		this.paraphrases = paraphrases;
		this.failures = failures;
	}

	/**
	 * The verifier's verdict, or {@link #FAILED}.
	 */
	Verdict verify(String task, String prompt, String cachedPrompt, double similarity) {
		MatchVerifier matchVerifier = this.verifier;
		if (matchVerifier == null) {
			return FAILED;
		}
		Match match = new Match(task, prompt, cachedPrompt, similarity);
		return this.failures.attempt(Part.VERIFIER, task,
				() -> Objects.requireNonNull(matchVerifier.verify(match), "The verifier gave no verdict"), FAILED);
	}

	/**
	 * All objections of the verifier.
	 */
	List<Verdict> objections(String task, String prompt, String cachedPrompt, double similarity) {
		MatchVerifier matchVerifier = this.verifier;
		return (matchVerifier == null) ? List.of(FAILED) : this.failures.attempt(Part.VERIFIER, task,
				() -> matchVerifier.objections(new Match(task, prompt, cachedPrompt, similarity)), List.of(FAILED));
	}

	/**
	 * How probable it is that both ask for the same, or {@code null} if the model cannot
	 * tell.
	 */
	@Nullable Double probability(String task, String prompt, String cachedPrompt) {
		return ask(task, (model) -> model.probability(prompt, cachedPrompt));
	}

	/**
	 * The same more quickly, for prompts that the verifier takes for the same.
	 */
	@Nullable Double roughProbability(String task, String prompt, String cachedPrompt) {
		return ask(task, (model) -> model.roughProbability(prompt, cachedPrompt));
	}

	private @Nullable Double ask(String task, Function<ParaphraseModel, @Nullable Double> question) {
		ParaphraseModel model = this.paraphrases;
		return (model != null) ? this.failures.<@Nullable Double>attempt(Part.VERIFIER, "paraphrase", task,
				() -> question.apply(model), null) : null;
	}

}
