package io.github.llmcache.audit;

import java.util.List;

/**
 * Probability as a logistic function of a weighted sum of features. The weights are the
 * most probable ones, given labels and a normal prior. Immutable.
 */
final class LogisticRegression {

	private static final int NEWTON_STEPS = 8;

	private final double[] weights;

	LogisticRegression(double[] weights) {
		this.weights = weights;
	}

	double probability(List<Double> features) {
		double sum = 0;
		for (int i = 0; i < this.weights.length; i++) {
			sum += this.weights[i] * features.get(i);
		}
		return 1 / (1 + Math.exp(-sum));
	}

	/**
	 * Fit by Newton's method, beginning from these weights.
	 * @param features of each example
	 * @param labels of each example
	 * @param prior mean of the weights
	 * @param precision 1 / variance of each weight; positive
	 */
	LogisticRegression fit(List<List<Double>> features, List<Boolean> labels, double[] prior, double[] precision) {
		LogisticRegression current = this;
		for (int i = 0; i < NEWTON_STEPS; i++) {
			current = current.step(features, labels, prior, precision);
		}
		return current;
	}

	private LogisticRegression step(List<List<Double>> features, List<Boolean> labels, double[] prior,
			double[] precision) {
		int size = this.weights.length;
		double[] gradient = new double[size];
		double[][] hessian = new double[size][size];
		for (int i = 0; i < size; i++) {
			gradient[i] = precision[i] * (this.weights[i] - prior[i]);
			hessian[i][i] = precision[i];
		}
		for (int k = 0; k < labels.size(); k++) {
			add(features.get(k), labels.get(k) ? 1 : 0, gradient, hessian);
		}
		double[] change = solve(hessian, gradient);
		double[] next = new double[size];
		for (int i = 0; i < size; i++) {
			next[i] = this.weights[i] - change[i];
		}
		return new LogisticRegression(next);
	}

	private void add(List<Double> features, double label, double[] gradient, double[][] hessian) {
		double probability = probability(features);
		double curvature = probability * (1 - probability);
		for (int i = 0; i < gradient.length; i++) {
			gradient[i] += (probability - label) * features.get(i);
			for (int j = 0; j < gradient.length; j++) {
				hessian[i][j] += curvature * features.get(i) * features.get(j);
			}
		}
	}

	/**
	 * Solve a system whose matrix is symmetric and positive definite, by elimination.
	 */
	private static double[] solve(double[][] matrix, double[] right) {
		int size = right.length;
		for (int i = 0; i < size; i++) {
			for (int j = i + 1; j < size; j++) {
				double factor = matrix[j][i] / matrix[i][i];
				for (int k = i; k < size; k++) {
					matrix[j][k] -= factor * matrix[i][k];
				}
				right[j] -= factor * right[i];
			}
		}
		double[] solution = new double[size];
		for (int i = size - 1; i >= 0; i--) {
			double sum = right[i];
			for (int k = i + 1; k < size; k++) {
				sum -= matrix[i][k] * solution[k];
			}
			solution[i] = sum / matrix[i][i];
		}
		return solution;
	}

}
