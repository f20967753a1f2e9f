package io.github.llmcache.benchmarks.report;

import java.util.List;

import io.github.llmcache.benchmarks.report.Results.Row;

/**
 * The report for readers.
 */
final class MarkdownReport {

	private static final String HEAD = """
			# Benchmarks

			Written by the command below, together with the plots and `benchmarks/report.json`. Edit neither.

			    mvn -Preport -pl llm-cache-benchmarks -am package -DskipTests

			| | |
			|---|---|
			| commit | %s |
			| processors | %d, %s |
			| system | %s |
			| Java | %s |
			| Redis | %s |

			A **ratio** is a figure divided by that of the baseline in the same round; the baseline's is 1. It is the geometric \
			mean of %d rounds, each of which measures everything once. The spread behind it is the interval that contains the \
			ratio of another run, for all ratios of this report together with a probability of 99 %%, estimated from the rounds \
			(`Ratio`). Absolute figures are medians of the \
			rounds, on this machine; compare the ratios. Allocated bytes are those of one call.
			""";

	private MarkdownReport() {
	}

	/**
	 * Write the report.
	 * @param machine what the figures are of
	 * @param rounds how many there were
	 * @param results the figures
	 * @param plots path of the directory with a plot for each section
	 * @return Markdown
	 */
	static String write(Machine machine, int rounds, Results results, String plots) {
		StringBuilder report = new StringBuilder(HEAD.formatted(machine.commit(), machine.cores(), machine.cpu(),
				machine.system(), machine.jdk(), machine.redis(), rounds));
		for (String omission : results.omissions()) {
			report.append("\n**Left out:** ").append(omission).append('\n');
		}
		for (Section section : Section.values()) {
			List<Row> rows = results.rows(section);
			if (!rows.isEmpty()) {
				section(report, section, rows, plots);
			}
		}
		return report.toString();
	}

	private static void section(StringBuilder report, Section section, List<Row> rows, String plots) {
		boolean parameters = rows.stream().anyMatch((row) -> !row.parameter().isEmpty());
		boolean bytes = rows.stream().anyMatch((row) -> row.bytes() != null);
		report.append("\n## %s\n\n%s\n\n".formatted(section.title(), section.text()));
		report.append("![%s](%s/%s.svg)\n\n".formatted(section.title(), plots, section.id()));
		report.append("| |").append(parameters ? " |" : "").append(" ratio | spread | ").append(section.unit());
		report.append(" |").append(bytes ? " bytes |" : "").append("\n|---|").append(parameters ? "---|" : "");
		report.append("---|---|---|").append(bytes ? "---|" : "").append('\n');
		for (Row row : rows) {
			report.append("| %s |".formatted(row.contender()));
			report.append(parameters ? " %s |".formatted(row.parameter()) : "");
			report.append(" %s | %s | %s |".formatted(Figures.number(row.ratio().value()), spread(section, row),
					Figures.number(row.median())));
			report.append(bytes ? " %s |".formatted((row.bytes() != null) ? Figures.number(row.bytes()) : "") : "");
			report.append('\n');
		}
	}

	private static String spread(Section section, Row row) {
		if (row.contender().equals(section.baseline())) {
			return "baseline";
		}
		if (row.rounds().size() == 1) {
			return "measured once";
		}
		return Figures.number(row.ratio().low()) + " to " + Figures.number(row.ratio().high());
	}

}
