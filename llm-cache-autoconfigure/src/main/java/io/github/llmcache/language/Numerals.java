package io.github.llmcache.language;

/**
 * Finds out how far a number typed in figures reaches: decimals, versions, thousands,
 * times and dates are one number each.
 */
final class Numerals {

	private final String text;

	Numerals(String text) {
		this.text = text;
	}

	/**
	 * Whether a number begins here, perhaps with a decimal point.
	 */
	boolean startsAt(int index) {
		return isDigit(index) || (isChar(index, '.') && isDigit(index + 1) && !isLetterOrDigit(index - 1));
	}

	/**
	 * Where the number ends that begins here, an ordinal suffix not included.
	 */
	int end(int start) {
		int end = isChar(start, '.') ? start + 1 : start;
		while (isDigit(end) || (isDigit(end + 1) && isSeparator(end))) {
			end++;
		}
		return end;
	}

	/**
	 * Whether st, nd, rd or th follows.
	 */
	boolean hasOrdinalSuffix(int end) {
		if (end + 2 > this.text.length() || isLetterOrDigit(end + 2)) {
			return false;
		}
		return switch (this.text.substring(end, end + 2)) {
			case "st", "nd", "rd", "th", "ST", "ND", "RD", "TH" -> true;
			default -> false;
		};
	}

	private boolean isSeparator(int index) {
		return switch (this.text.charAt(index)) {
			case '.', ':' -> true;
			case ',' -> isDigit(index + 2) && isDigit(index + 3) && !isDigit(index + 4);
			case '/', '-' -> isInDate(index);
			default -> false;
		};
	}

	// 2026-05-01, 1/2/2026: another separator of the same kind within reach
	private boolean isInDate(int index) {
		char separator = this.text.charAt(index);
		for (int distance = 2; distance <= 3; distance++) {
			if ((isChar(index + distance, separator) && isDigit(index + distance + 1))
					|| (isChar(index - distance, separator) && isDigit(index - distance - 1))) {
				return true;
			}
		}
		return false;
	}

	boolean isDigit(int index) {
		return index >= 0 && index < this.text.length() && Character.isDigit(this.text.charAt(index));
	}

	private boolean isLetterOrDigit(int index) {
		return index >= 0 && index < this.text.length() && Character.isLetterOrDigit(this.text.charAt(index));
	}

	private boolean isChar(int index, char c) {
		return index >= 0 && index < this.text.length() && this.text.charAt(index) == c;
	}

}
