package io.github.llmcache.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.Calibration.Choice;
import io.github.llmcache.core.Candidate;

/**
 * The figures by which the probability is estimated that a candidate's answer is right:
 * how similar it is, how much more similar than the nearest candidate with another
 * answer, how many candidates have its answer, and what the verifier says of it.
 */
final class MatchFeatures {

	/**
	 * Coefficients before anything is known about a task, in the order of the features:
	 * see docs/accuracy.md.
	 */
	static final double[] PRIOR = { -3.59, 5.49, 8.14, 6.41, 4.91, -0.4, 0.17, 0.83 };

	/** How firmly the coefficients stay there: 1 / variance of a normal prior. */
	static final double[] PRECISION = { 0.3, 0.1, 0.1, 0.1, 1, 1, 1, 1 };

	private static final double USUAL_SIMILARITY = 0.8;

	private static final double LARGEST_MARGIN = 0.3;

	private static final double LARGEST_LOGIT = 6;

	/** See docs/accuracy.md. */
	private static final double CORROBORATED = 0.95;

	private static final double LOWEST_PARAPHRASE = 0.5;

	private static final LogisticRegression GENERAL = new LogisticRegression(PRIOR);

	private static final Set<String> REFUSED_IN_ANY_CASE = Set.of("number", "date", "identifier", "quoted-text",
			"negation", "antonym", "name", "order", "relation", "quantifier");

	/** Refusals for words that decide an answer in almost every task. */
	private static final Set<String> DETERMINING = Set.of("number", "date", "identifier", "quoted-text", "negation",
			"antonym");

	private static final Set<String> CONTENT = Set.of("content-word", "name");

	private MatchFeatures() {
	}

	static List<Double> of(Choice choice) {
		double similarity = choice.best().similarity();
		String reason = choice.verdict().reason();
		boolean accepted = choice.verdict().accepted();
		return List.of(1.0, similarity - USUAL_SIMILARITY, margin(choice), agreement(choice), flag(accepted),
				flag(!accepted && DETERMINING.contains(reason)), flag(!accepted && CONTENT.contains(reason)),
				logit(choice.paraphrase()));
	}

	/**
	 * Whether so much speaks for a candidate that it is served although the verifier does
	 * not accept it, by what was right with other tasks. Words that decide an answer have
	 * to agree in any case.
	 */
	static boolean isCorroborated(Choice choice, List<Double> features) {
		Double paraphrase = choice.paraphrase();
		return paraphrase != null && paraphrase >= LOWEST_PARAPHRASE
				&& !REFUSED_IN_ANY_CASE.contains(choice.verdict().reason())
				&& GENERAL.probability(features) >= CORROBORATED;
	}

	static boolean isComplete(List<Double> features) {
		return features.size() == PRIOR.length && features.stream().allMatch(Double::isFinite);
	}

	private static double margin(Choice choice) {
		double nearestOther = choice.candidates()
			.stream()
			.filter((candidate) -> !isSameAnswer(candidate, choice.best()))
			.mapToDouble(Candidate::similarity)
			.max()
			.orElseGet(() -> choice.candidates().get(choice.candidates().size() - 1).similarity());
		double margin = choice.best().similarity() - nearestOther;
		return Math.max(-LARGEST_MARGIN, Math.min(LARGEST_MARGIN, margin));
	}

	private static double agreement(Choice choice) {
		long agreeing = choice.candidates()
			.stream()
			.filter((candidate) -> isSameAnswer(candidate, choice.best()))
			.count();
		return (double) agreeing / Math.max(5, choice.candidates().size());
	}

	private static boolean isSameAnswer(Candidate one, Candidate other) {
		return Arrays.equals(one.entry().payload(), other.entry().payload());
	}

	private static double logit(@Nullable Double probability) {
		if (probability == null) {
			return 0;
		}
		double logit = Math.log(probability / (1 - probability));
		return Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, logit)) / LARGEST_LOGIT;
	}

	private static double flag(boolean value) {
		return value ? 1 : 0;
	}

}
