package io.github.llmcache.calibration;

import java.util.List;

/**
 * Probability as a logistic function of a weighted sum of features. The weights are the
 * most probable ones, given labels and a normal prior. Immutable.
 */
final class LogisticRegression {

	private static final int NEWTON_STEPS = 5;

	private final double[] weights;

	LogisticRegression(double[] weights) {
		this.weights = weights;
	}

	double probability(double[] features) {
		return probability(this.weights, features);
	}

	static double[] values(List<Double> features) {
		double[] values = new double[features.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = features.get(i);
		}
		return values;
	}

	/**
	 * Fit by Newton's method, beginning from these weights.
	 * @param features of each example
	 * @param labels of each example
	 * @param prior mean of the weights
	 * @param precision 1 / variance of each weight; positive
	 */
	LogisticRegression fit(double[][] features, boolean[] labels, double[] prior, double[] precision) {
		double[] fitted = this.weights.clone();
		for (int step = 0; step < NEWTON_STEPS; step++) {
			improve(fitted, features, labels, prior, precision);
		}
		return new LogisticRegression(fitted);
	}

	private static void improve(double[] weights, double[][] features, boolean[] labels, double[] prior,
			double[] precision) {
		int size = weights.length;
		double[] gradient = new double[size];
		double[][] hessian = new double[size][size];
		for (int i = 0; i < size; i++) {
			gradient[i] = precision[i] * (weights[i] - prior[i]);
			hessian[i][i] = precision[i];
		}
		for (int k = 0; k < labels.length; k++) {
			double probability = probability(weights, features[k]);
			add(features[k], probability - (labels[k] ? 1 : 0), probability * (1 - probability), gradient, hessian);
		}
		double[] change = solve(hessian, gradient);
		for (int i = 0; i < size; i++) {
			weights[i] -= change[i];
		}
	}

	private static double probability(double[] weights, double[] features) {
		double sum = 0;
		for (int i = 0; i < weights.length; i++) {
			sum += weights[i] * features[i];
		}
		return 1 / (1 + Math.exp(-sum));
	}

	private static void add(double[] features, double error, double curvature, double[] gradient, double[][] hessian) {
		for (int i = 0; i < gradient.length; i++) {
			gradient[i] += error * features[i];
			for (int j = 0; j < gradient.length; j++) {
				hessian[i][j] += curvature * features[i] * features[j];
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
