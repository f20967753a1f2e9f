package io.github.llmcache.sample.evaluate;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.sample.command.Command;
import io.github.llmcache.sample.command.TextTable;
import io.github.llmcache.sample.evaluate.EvaluationReport.Curve;
import io.github.llmcache.sample.evaluate.EvaluationReport.Figures;
import io.github.llmcache.sample.evaluate.EvaluationReport.Point;

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
		print(out, this.report.curve());
	}

	private static void print(PrintStream out, Curve curve) {
		List<Point> points = new ArrayList<>(List.of(curve.setting()));
		points.addAll(curve.points().values());
		List<String> titles = new ArrayList<>(List.of("served, by wrong share", "setting"));
		curve.points().keySet().forEach((share) -> titles.add("at " + share + " %"));
		TextTable table = new TextTable(titles.toArray(String[]::new));
		row(table, "of label 1", points, Point::served);
		row(table, "of label 0", points, Point::wrong);
		for (String category : curve.setting().wrongByCategory().keySet()) {
			row(table, "  " + category, points, (point) -> point.wrongByCategory().get(category));
		}
		row(table, "from probability", points, Point::probability);
		table.print(out);
	}

	private static void row(TextTable table, String name, List<Point> points,
			Function<Point, @Nullable Double> figure) {
		table.row(Stream.concat(Stream.of(name), points.stream().map((point) -> TextTable.rate(figure.apply(point))))
			.toArray(String[]::new));
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
