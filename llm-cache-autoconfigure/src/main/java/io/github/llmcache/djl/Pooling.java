package io.github.llmcache.djl;

import java.util.Arrays;

/**
 * How the vectors of a text's tokens become one vector; a model is trained for one of
 * these.
 */
public enum Pooling {

	/**
	 * The mean over all tokens, as in all-MiniLM-L6-v2 and most sentence transformers.
	 */
	MEAN {

		@Override
		float[] pool(float[] tokens, int dimensions) {
			float[] sum = new float[dimensions];
			for (int i = 0; i < tokens.length; i++) {
				sum[i % dimensions] += tokens[i];
			}
			int count = tokens.length / dimensions;
			for (int i = 0; i < dimensions; i++) {
				sum[i] /= count;
			}
			return sum;
		}

	},

	/**
	 * The vector of the first token, as in the BGE models.
	 */
	CLS {

		@Override
		float[] pool(float[] tokens, int dimensions) {
			return Arrays.copyOf(tokens, dimensions);
		}

	};

	abstract float[] pool(float[] tokens, int dimensions);

}
