package io.github.llmcache.benchmarks.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * All that was measured.
 */
final class Results {

	private final Map<Section, Map<Subject, Series>> sections = new EnumMap<>(Section.class);

	private final List<String> omissions = new ArrayList<>();

	/**
	 * Note the next round's figure.
	 * @param section where it belongs
	 * @param contender what was measured
	 * @param parameter under which circumstances; empty if there is no choice
	 * @param value the figure, in the section's unit
	 * @param bytes what a call allocated, if it is known
	 */
	void add(Section section, String contender, String parameter, double value, @Nullable Double bytes) {
		Series series = this.sections.computeIfAbsent(section, (key) -> new LinkedHashMap<>())
			.computeIfAbsent(new Subject(contender, parameter), (key) -> new Series());
		series.values.add(value);
		if (bytes != null) {
			series.bytes.add(bytes);
		}
	}

	/**
	 * Note what could not be measured. @param line what, and why not
	 */
	void omit(String line) {
		this.omissions.add(line);
	}

	List<String> omissions() {
		return this.omissions;
	}

	/**
	 * What a section shows.
	 * @param section the section
	 * @return its rows in the order in which they were measured first; empty if nothing
	 * was measured
	 */
	List<Row> rows(Section section) {
		Map<Subject, RoundRatios> ratios = ratios(section);
		double usualVariance = usualVariance(section);
		int together = (int) Math.max(1, this.sections.keySet().stream().flatMap(this::compared).count());
		List<Row> rows = new ArrayList<>();
		this.sections.getOrDefault(section, Map.of()).forEach((subject, series) -> {
			RoundRatios rounds = Objects.requireNonNull(ratios.get(subject));
			boolean baseline = subject.contender().equals(section.baseline());
			rows.add(new Row(subject.contender(), subject.parameter(),
					Ratio.of(rounds, baseline ? 0 : usualVariance, together), median(series.values),
					series.bytes.isEmpty() ? null : median(series.bytes), series.values));
		});
		return rows;
	}

	private Map<Subject, RoundRatios> ratios(Section section) {
		Map<Subject, Series> all = this.sections.getOrDefault(section, Map.of());
		Map<Subject, RoundRatios> ratios = new LinkedHashMap<>();
		all.forEach((subject, series) -> {
			Series baseline = all.get(new Subject(section.baseline(), subject.parameter()));
			if (baseline == null) {
				throw new IllegalStateException("%s: %s has no baseline".formatted(section, subject));
			}
			ratios.put(subject, RoundRatios.of(series.values, baseline.values));
		});
		return ratios;
	}

	/**
	 * The median variance, which a round with a hiccup does not move, as an estimate of
	 * the mean: the median of a chi-squared distribution is that many times its mean
	 * (Wilson and Hilferty, 1931).
	 */
	private double usualVariance(Section section) {
		List<RoundRatios> compared = compared(section).toList();
		if (compared.isEmpty()) {
			return 0;
		}
		double freedom = compared.get(0).count() - 1;
		return median(compared.stream().map(RoundRatios::variance).toList()) / Math.pow(1 - 2 / (9 * freedom), 3);
	}

	/**
	 * The ratios that have a spread: neither baselines nor what was measured once.
	 */
	private Stream<RoundRatios> compared(Section section) {
		return ratios(section).entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().contender().equals(section.baseline()) && entry.getValue().count() > 1)
			.map(Map.Entry::getValue);
	}

	private static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	/**
	 * One line of a table.
	 *
	 * @param contender what was measured
	 * @param parameter under which circumstances; may be empty
	 * @param ratio to the baseline
	 * @param median in the section's unit
	 * @param bytes what a call allocates, if it is known
	 * @param rounds in the section's unit
	 */
	record Row(String contender, String parameter, Ratio ratio, double median, @Nullable Double bytes,
			List<Double> rounds) {

	}

	private record Subject(String contender, String parameter) {

	}

	private static final class Series {

		private final List<Double> values = new ArrayList<>();

		private final List<Double> bytes = new ArrayList<>();

	}

}
