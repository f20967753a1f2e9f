package io.github.llmcache.sample.evaluate;

import java.io.PrintStream;
import java.util.Map;

import io.github.llmcache.sample.command.Command;
import io.github.llmcache.sample.command.TextTable;
import io.github.llmcache.sample.evaluate.EvaluationReport.Figures;

/**
 * The report, and how it is printed.
 */
record EvaluationResult(EvaluationReport report) implements Command.Result {

	@Override
	public void print(PrintStream out) {
		print(out, "source", this.report.sources());
		print(out, "category", this.report.categories());
		print(out, "all", Map.of("total", this.report.total()));
		TextTable refusals = new TextTable("not served because of", "pairs");
		this.report.refusals().forEach((reason, count) -> refusals.row(reason, Long.toString(count)));
		refusals.print(out);
	}

	private static void print(PrintStream out, String title, Map<String, Figures> groups) {
		TextTable table = new TextTable(title, "pairs", "recall", "wrong share", "precision", "recall at 0.90",
				"at 0.95", "at 0.98");
		groups.forEach((name, figures) -> table.row(name, Long.toString(figures.pairs()),
				TextTable.rate(figures.recall()), TextTable.rate(figures.wrongShare()),
				TextTable.rate(figures.precision()), TextTable.rate(figures.recallAtPrecision().get("0.90")),
				TextTable.rate(figures.recallAtPrecision().get("0.95")),
				TextTable.rate(figures.recallAtPrecision().get("0.98"))));
		table.print(out);
	}

}
