package io.github.llmcache.benchmarks.report;

import java.util.Locale;

/**
 * Writes numbers for readers.
 */
final class Figures {

	private Figures() {
	}

	/**
	 * Write a number that is not negative with three digits, or with all digits before
	 * the point.
	 */
	static String number(double number) {
		if (Double.isInfinite(number)) {
			return "\u221e";
		}
		if (number >= 100 || number == Math.rint(number)) {
			return String.format(Locale.ROOT, "%,.0f", number);
		}
		if (number >= 10) {
			return String.format(Locale.ROOT, "%.1f", number);
		}
		return String.format(Locale.ROOT, (number >= 0.1) ? "%.2f" : "%.3g", number);
	}

}
