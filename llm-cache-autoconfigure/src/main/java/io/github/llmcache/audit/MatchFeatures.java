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
	static final double[] PRIOR = { 1, 10, 8, 2, 3, -1, -1, 0 };

	/** How firmly the coefficients stay there: 1 / variance of a normal prior. */
	static final double[] PRECISION = { 1, 0.1, 0.1, 0.5, 1, 1, 1, 1 };

	private static final double USUAL_SIMILARITY = 0.8;

	private static final double LARGEST_MARGIN = 0.3;

	private static final double LARGEST_LOGIT = 6;

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
				logit(choice.verdict().probability()));
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
