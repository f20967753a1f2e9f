package io.github.llmcache.benchmarks.report;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says whether the ratios of two reports are within each other's spreads.
 */
public final class ReportComparison {

	private ReportComparison() {
	}

	/**
	 * Compare two reports.
	 * @param arguments two files {@code report.json}
	 */
	public static void main(String[] arguments) {
		JsonMapper mapper = new JsonMapper();
		Map<String, Ratio> one = ratios(mapper.readTree(Path.of(arguments[0]).toFile()));
		Map<String, Ratio> other = ratios(mapper.readTree(Path.of(arguments[1]).toFile()));
		System.out.print(compare(one, other));
	}

	static String compare(Map<String, Ratio> one, Map<String, Ratio> other) {
		StringBuilder text = new StringBuilder();
		int compared = 0;
		int outside = 0;
		for (Map.Entry<String, Ratio> entry : one.entrySet()) {
			Ratio first = entry.getValue();
			Ratio second = other.get(entry.getKey());
			if (second == null) {
				text.append("%s is in one report only.%n".formatted(entry.getKey()));
				continue;
			}
			compared++;
			if (!first.encloses(second.value()) || !second.encloses(first.value())) {
				outside++;
				text.append("%s: %s and %s.%n".formatted(entry.getKey(), describe(first), describe(second)));
			}
		}
		return text.append("%d of %d ratios are outside of the other's spread.%n".formatted(outside, compared))
			.toString();
	}

	private static String describe(Ratio ratio) {
		return "%s (%s to %s)".formatted(Figures.number(ratio.value()), Figures.number(ratio.low()),
				Figures.number(ratio.high()));
	}

	/**
	 * The ratios that have a spread, neither baselines nor what was measured once, by
	 * section, contender and parameter.
	 */
	private static Map<String, Ratio> ratios(JsonNode report) {
		Map<String, Ratio> ratios = new HashMap<>();
		report.path("sections").forEachEntry((section, rows) -> rows.forEach((row) -> {
			Ratio ratio = (row.path("rounds").size() > 1) ? ratio(row.path("ratio")) : null;
			if (ratio != null && ratio.low() < ratio.high()) {
				ratios.put("%s, %s %s"
					.formatted(section, row.path("contender").asString(), row.path("parameter").asString())
					.strip(), ratio);
			}
		}));
		return ratios;
	}

	private static Ratio ratio(JsonNode ratio) {
		return new Ratio(ratio.path("value").asDouble(), ratio.path("low").asDouble(), ratio.path("high").asDouble());
	}

}
