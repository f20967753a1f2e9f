package io.github.llmcache.sample.replay;

import java.io.PrintStream;
import java.util.function.BiConsumer;

import io.github.llmcache.sample.command.Command;
import io.github.llmcache.sample.command.TextTable;
import io.github.llmcache.sample.replay.ReplayReport.Figures;
import io.github.llmcache.sample.replay.ReplayReport.Percentiles;

/**
 * The report, and how it is printed.
 */
record ReplayResult(ReplayReport report) implements Command.Result {

	@Override
	public void print(PrintStream out) {
		TextTable hits = new TextTable("task", "requests", "exact", "semantic", "hits", "oracle", "capture", "audits",
				"wrong", "wrong/semantic", "upper 95 %");
		forEachRow((name, figures) -> hits.row(name, Long.toString(figures.requests()),
				TextTable.rate(figures.exactHitRate()), TextTable.rate(figures.semanticHitRate()),
				TextTable.rate(figures.hitRate()), TextTable.rate(figures.oracleHitRate()),
				TextTable.rate(figures.capture()), Long.toString(figures.audits()), Long.toString(figures.wrongHits()),
				TextTable.rate(figures.wrongAmongSemantic()), TextTable.rate(figures.wrongAmongSemanticUpper95())));
		hits.print(out);
		TextTable times = new TextTable("ms p50/p95/p99", "exact", "semantic", "miss", "time saved", "money saved");
		forEachRow((name, figures) -> times.row(name, percentiles(figures.latencyMillis().exact()),
				percentiles(figures.latencyMillis().semantic()), percentiles(figures.latencyMillis().miss()),
				TextTable.number(figures.timeSavedSeconds(), 0) + " s",
				"$" + TextTable.number(figures.moneySaved(), 4)));
		times.print(out);
		if (this.report.judgeCalls() != null) {
			out.println("calls of the judge: " + this.report.judgeCalls());
		}
	}

	private void forEachRow(BiConsumer<String, Figures> action) {
		this.report.tasks().forEach(action);
		action.accept("total", this.report.total());
	}

	private static String percentiles(Percentiles percentiles) {
		return TextTable.number(percentiles.p50(), 2) + " / " + TextTable.number(percentiles.p95(), 2) + " / "
				+ TextTable.number(percentiles.p99(), 2);
	}

}
