package io.github.llmcache.benchmarks.load;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a program measured, printed as a line for the program that started it.
 *
 * @param section name of the section of the report
 * @param contender what was measured
 * @param parameter under which circumstances; may be empty
 * @param value in the section's unit
 */
public record Figure(String section, String contender, String parameter, double value) {

	private static final String PREFIX = "figure";

	private static final String SEPARATOR = "\t";

	/**
	 * Hand the figure over.
	 */
	public void print() {
		System.out.println(String.join(SEPARATOR, PREFIX, this.section, this.contender, this.parameter,
				Double.toString(this.value)));
	}

	/**
	 * Read a line.
	 * @param line what a program printed
	 * @return the figure, or {@code null} if the line is something else
	 */
	public static @Nullable Figure parse(String line) {
		List<String> parts = List.of(line.split(SEPARATOR, -1));
		if (parts.size() != 5 || !parts.get(0).equals(PREFIX)) {
			return null;
		}
		return new Figure(parts.get(1), parts.get(2), parts.get(3), Double.parseDouble(parts.get(4)));
	}

}
