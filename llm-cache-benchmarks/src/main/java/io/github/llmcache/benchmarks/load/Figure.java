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
 * @param bytes what a call allocated, if it is known
 */
public record Figure(String section, String contender, String parameter, double value, @Nullable Double bytes) {

	private static final String PREFIX = "figure";

	private static final String SEPARATOR = "\t";

	/**
	 * A figure without the bytes.
	 * @param section name of the section of the report
	 * @param contender what was measured
	 * @param parameter under which circumstances; may be empty
	 * @param value in the section's unit
	 */
	public Figure(String section, String contender, String parameter, double value) {
		this(section, contender, parameter, value, null);
	}

	/**
	 * Hand the figure over.
	 */
	public void print() {
		System.out.println(String.join(SEPARATOR, PREFIX, this.section, this.contender, this.parameter,
				Double.toString(this.value), (this.bytes != null) ? Double.toString(this.bytes) : ""));
	}

	/**
	 * Read a line.
	 * @param line what a program printed
	 * @return the figure, or {@code null} if the line is something else
	 */
	public static @Nullable Figure parse(String line) {
		List<String> parts = List.of(line.split(SEPARATOR, -1));
		if (parts.size() != 6 || !parts.get(0).equals(PREFIX)) {
			return null;
		}
		return new Figure(parts.get(1), parts.get(2), parts.get(3), Double.parseDouble(parts.get(4)),
				parts.get(5).isEmpty() ? null : Double.valueOf(parts.get(5)));
	}

}
