package io.github.llmcache.index;

/**
 * Dot product in single precision. For vectors of length 1 it is their cosine similarity.
 */
final class DotProduct {

	private DotProduct() {
	}

	static float of(float[] a, float[] b) {
		return of(a, b, 0);
	}

	/**
	 * The product with a part of an array, which begins at an offset and is as long as
	 * the first vector.
	 */
	static float of(float[] a, float[] b, int offset) {
		// Eight sums, because a processor can add them side by side; a single sum makes
		// each addition wait for the one before it, and floating point addition may not
		// be reordered by the compiler
		float sum0 = 0;
		float sum1 = 0;
		float sum2 = 0;
		float sum3 = 0;
		float sum4 = 0;
		float sum5 = 0;
		float sum6 = 0;
		float sum7 = 0;
		int length = Math.min(a.length, b.length - offset);
		int i = 0;
		for (; i < length - 7; i += 8) {
			sum0 += a[i] * b[offset + i];
			sum1 += a[i + 1] * b[offset + i + 1];
			sum2 += a[i + 2] * b[offset + i + 2];
			sum3 += a[i + 3] * b[offset + i + 3];
			sum4 += a[i + 4] * b[offset + i + 4];
			sum5 += a[i + 5] * b[offset + i + 5];
			sum6 += a[i + 6] * b[offset + i + 6];
			sum7 += a[i + 7] * b[offset + i + 7];
		}
		for (; i < length; i++) {
			sum0 += a[i] * b[offset + i];
		}
		return ((sum0 + sum1) + (sum2 + sum3)) + ((sum4 + sum5) + (sum6 + sum7));
	}

}
