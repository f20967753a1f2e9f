package io.github.llmcache.calibration;

import java.util.Arrays;
import java.util.List;

import io.github.llmcache.language.WordList;

/**
 * Estimates how probable it is that a candidate's answer is right, from what was right
 * with other tasks: gradient-boosted decision trees over {@link MatchFeatures}.
 * Immutable.
 * <p>
 * The first line of the file holds the sum to begin with, and each other line one tree:
 * its nodes, the root first, separated by blanks. A leaf is a value to add, any other
 * node is {@code feature:threshold:child:child}, and the first child is for values that
 * are not above the threshold.
 */
final class EvidenceModel {

	private final double begin;

	private final List<Tree> trees;

	private EvidenceModel(List<String> lines) {
		this.begin = Double.parseDouble(lines.get(0));
		this.trees = lines.stream().skip(1).map(Tree::parse).toList();
	}

	static EvidenceModel bundled() {
		return new EvidenceModel(WordList.lines(EvidenceModel.class, "evidence.model"));
	}

	/**
	 * The logarithm of the odds.
	 */
	double logit(double[] features) {
		double sum = this.begin;
		for (Tree tree : this.trees) {
			sum += tree.value(features);
		}
		return sum;
	}

	private record Tree(int[] features, double[] values, int[] low, int[] high) {

		private static final int LEAF = -1;

		static Tree parse(String line) {
			String[] nodes = line.split(" ");
			Tree tree = new Tree(new int[nodes.length], new double[nodes.length], new int[nodes.length],
					new int[nodes.length]);
			Arrays.fill(tree.features, LEAF);
			for (int i = 0; i < nodes.length; i++) {
				String[] fields = nodes[i].split(":");
				if (fields.length == 1) {
					tree.values[i] = Double.parseDouble(fields[0]);
				}
				else {
					tree.features[i] = Integer.parseInt(fields[0]);
					tree.values[i] = Double.parseDouble(fields[1]);
					tree.low[i] = Integer.parseInt(fields[2]);
					tree.high[i] = Integer.parseInt(fields[3]);
				}
			}
			return tree;
		}

		double value(double[] given) {
			int node = 0;
			while (this.features[node] != LEAF) {
				node = (given[this.features[node]] <= this.values[node]) ? this.low[node] : this.high[node];
			}
			return this.values[node];
		}

	}

}
