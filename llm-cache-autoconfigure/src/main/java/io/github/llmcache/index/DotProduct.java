package io.github.llmcache.index;

/**
 * Dot product in single precision. For vectors of length 1 it is their cosine similarity.
 */
final class DotProduct {

	private DotProduct() {
	}

	static float of(float[] a, float[] b) {
		// Four sums, because a processor can add them side by side; a single sum makes
		// each addition wait for the one before it, and floating point addition may not
		// be reordered by the compiler
		float sum0 = 0;
		float sum1 = 0;
		float sum2 = 0;
		float sum3 = 0;
		int length = Math.min(a.length, b.length);
		int i = 0;
		for (; i < length - 3; i += 4) {
			sum0 += a[i] * b[i];
			sum1 += a[i + 1] * b[i + 1];
			sum2 += a[i + 2] * b[i + 2];
			sum3 += a[i + 3] * b[i + 3];
		}
		for (; i < length; i++) {
			sum0 += a[i] * b[i];
		}
		return (sum0 + sum1) + (sum2 + sum3);
	}

}
