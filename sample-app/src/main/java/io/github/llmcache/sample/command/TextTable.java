package io.github.llmcache.sample.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A table of text whose first column is aligned to the left, and all others to the right.
 */
public final class TextTable {

	private static final String GAP = "  ";

	private final List<List<String>> rows = new ArrayList<>();

	public TextTable(String... titles) {
		row(titles);
	}

	/**
	 * Add a row.
	 * @param cells one text for each column
	 */
	public void row(String... cells) {
		this.rows.add(List.of(cells));
	}

	/**
	 * Print the table, followed by an empty line.
	 * @param out where to
	 */
	public void print(PrintStream out) {
		int[] widths = new int[this.rows.get(0).size()];
		for (List<String> row : this.rows) {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], row.get(i).length());
			}
		}
		for (List<String> row : this.rows) {
			StringBuilder line = new StringBuilder(pad(row.get(0), -widths[0]));
			for (int i = 1; i < widths.length; i++) {
				line.append(GAP).append(pad(row.get(i), widths[i]));
			}
			out.println(line.toString().stripTrailing());
		}
		out.println();
	}

	private static String pad(String text, int width) {
		return (width != 0) ? String.format(Locale.ROOT, "%" + width + "s", text) : text;
	}

	/**
	 * Format a rate.
	 * @param rate between 0 and 1, or {@code null} if it is not defined
	 * @return the rate with four decimals, or a dash
	 */
	public static String rate(@Nullable Double rate) {
		return number(rate, 4);
	}

	/**
	 * Format a number.
	 * @param number the number, or {@code null} if there is none
	 * @param decimals how many decimals to show
	 * @return the number, or a dash
	 */
	public static String number(@Nullable Double number, int decimals) {
		return (number != null) ? String.format(Locale.ROOT, "%." + decimals + "f", number) : "-";
	}

}
