package io.github.llmcache.benchmarks.report;

import java.util.Locale;

/**
 * Numbers as readers see them.
 */
final class Figures {

	private Figures() {
	}

	/**
	 * A number that is not negative, with three digits, or all before the point.
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
