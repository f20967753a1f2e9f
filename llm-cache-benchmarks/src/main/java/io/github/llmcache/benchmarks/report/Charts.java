package io.github.llmcache.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

import io.github.llmcache.benchmarks.report.Results.Row;

/**
 * Draws the rows of a section.
 */
final class Charts {

	private static final int WIDTH = 760;

	private static final int LEFT = 330;

	private static final int RIGHT = WIDTH - 60;

	private static final int ROW = 24;

	private static final int PLOT_LEFT = 70;

	private static final int PLOT_RIGHT = WIDTH - 290;

	private static final int PLOT_BOTTOM = 320;

	private static final int TOP = 30;

	private static final String GRID = "#d8d8d8";

	private static final String INK = "#333333";

	private static final List<String> COLOURS = List.of("#7f7f7f", "#1f77b4", "#d62728", "#2ca02c", "#9467bd",
			"#ff7f0e", "#17becf", "#8c564b");

	private Charts() {
	}

	/**
	 * Draw a section: against its parameter if that is a number, or else one bar for each
	 * row.
	 */
	static String draw(Section section, List<Row> rows) {
		boolean numeric = rows.stream().allMatch((row) -> row.parameter().matches("\\d+"));
		return numeric ? lines(section, rows) : bars(section, rows);
	}

	private static String bars(Section section, List<Row> rows) {
		int bottom = TOP + rows.size() * ROW;
		Svg svg = new Svg(WIDTH, bottom + 30);
		LogScale scale = new LogScale(
				DoubleStream.concat(DoubleStream.of(1), rows.stream().mapToDouble((row) -> row.ratio().value())), LEFT,
				RIGHT);
		svg.text(LEFT, TOP - 12, "start", section.title() + ": times the baseline");
		for (double tick : scale.ticks()) {
			svg.line(scale.at(tick), TOP, scale.at(tick), bottom, GRID);
			svg.text(scale.at(tick), bottom + 18, "middle", Figures.number(tick));
		}
		for (int i = 0; i < rows.size(); i++) {
			bar(svg, scale, rows.get(i), TOP + i * ROW, section);
		}
		return svg.line(scale.at(1), TOP, scale.at(1), bottom, INK).toString();
	}

	private static void bar(Svg svg, LogScale scale, Row row, double y, Section section) {
		Ratio ratio = row.ratio();
		double middle = y + ROW / 2.0;
		String label = row.parameter().isEmpty() ? row.contender() : row.contender() + ", " + row.parameter();
		double from = Math.min(scale.at(1), scale.at(ratio.value()));
		double to = Math.max(scale.at(1), scale.at(ratio.value()));
		String colour = row.contender().equals(section.baseline()) ? COLOURS.get(0) : COLOURS.get(1);
		svg.text(LEFT - 8, middle + 4, "end", label);
		svg.bar(from, y + 5, to - from, ROW - 10, colour);
		if (row.rounds().size() > 1) {
			svg.line(scale.at(ratio.low()), middle, scale.at(ratio.high()), middle, INK);
		}
		svg.text(RIGHT + 8, middle + 4, "start", Figures.number(ratio.value()));
	}

	private static String lines(Section section, List<Row> rows) {
		Svg svg = new Svg(WIDTH, PLOT_BOTTOM + 40);
		LogScale across = new LogScale(rows.stream().mapToDouble(Charts::parameter), PLOT_LEFT, PLOT_RIGHT);
		LogScale up = new LogScale(rows.stream().mapToDouble(Row::median), PLOT_BOTTOM, TOP);
		svg.text(PLOT_LEFT, TOP - 12, "start", section.title() + ", " + section.unit());
		for (double tick : up.ticks()) {
			svg.line(PLOT_LEFT, up.at(tick), PLOT_RIGHT, up.at(tick), GRID);
			svg.text(PLOT_LEFT - 8, up.at(tick) + 4, "end", Figures.number(tick));
		}
		rows.stream().mapToDouble(Charts::parameter).distinct().forEach((parameter) -> {
			svg.line(across.at(parameter), TOP, across.at(parameter), PLOT_BOTTOM, GRID);
			svg.text(across.at(parameter), PLOT_BOTTOM + 18, "middle", Figures.number(parameter));
		});
		Map<String, Row> last = new LinkedHashMap<>();
		for (Row row : rows) {
			Row before = last.put(row.contender(), row);
			String colour = colour(last, row.contender());
			svg.dot(across.at(parameter(row)), up.at(row.median()), colour);
			if (before != null) {
				svg.line(across.at(parameter(before)), up.at(before.median()), across.at(parameter(row)),
						up.at(row.median()), colour);
			}
		}
		legend(svg, last);
		return svg.toString();
	}

	private static void legend(Svg svg, Map<String, Row> contenders) {
		int y = TOP + 10;
		for (String contender : contenders.keySet()) {
			svg.dot(PLOT_RIGHT + 16, y - 4, colour(contenders, contender));
			svg.text(PLOT_RIGHT + 26, y, "start", contender);
			y += ROW;
		}
	}

	private static String colour(Map<String, Row> contenders, String contender) {
		return COLOURS.get(List.copyOf(contenders.keySet()).indexOf(contender) % COLOURS.size());
	}

	private static double parameter(Row row) {
		return Double.parseDouble(row.parameter());
	}

}
