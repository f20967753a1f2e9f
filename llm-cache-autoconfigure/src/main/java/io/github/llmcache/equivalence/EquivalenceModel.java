package io.github.llmcache.equivalence;

import java.util.Map;
import java.util.stream.Collectors;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.language.WordList;

/**
 * Weighs the figures of two answers: a logistic regression, with one threshold for either
 * verdict. Immutable.
 * <p>
 * Each line of the file is a name and a number: the constant, the thresholds of the sum,
 * and the weight of each figure.
 */
final class EquivalenceModel {

	private static final String FILE = "answers.model";

	private final Map<String, Double> weights;

	private EquivalenceModel(Map<String, Double> weights) {
		this.weights = weights;
	}

	static EquivalenceModel bundled() {
		return new EquivalenceModel(WordList.lines(EquivalenceModel.class, FILE)
			.stream()
			.map((line) -> line.split(" "))
			.collect(Collectors.toMap((fields) -> fields[0], (fields) -> Double.valueOf(fields[1]))));
	}

	Verdict verdict(Map<String, Double> figures) {
		double sum = weight("constant");
		for (Map.Entry<String, Double> figure : figures.entrySet()) {
			sum += weight(figure.getKey()) * figure.getValue();
		}
		if (sum >= weight("same-from")) {
			return Verdict.SAME;
		}
		return (sum <= weight("different-up-to")) ? Verdict.DIFFERENT : Verdict.UNKNOWN;
	}

	private double weight(String name) {
		Double weight = this.weights.get(name);
		if (weight == null) {
			throw new IllegalStateException("'" + FILE + "' has no weight for '" + name + "'");
		}
		return weight;
	}

}
