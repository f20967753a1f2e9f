package io.github.llmcache.grafana;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus has read of an application.
 *
 * @param series one for each line, with the labels that Prometheus adds
 */
record Scrape(List<Series> series) {

	private static final Pattern LINE = Pattern
		.compile("(?<name>[A-Za-z_:][\\w:]*)(?:\\{(?<labels>.*)})? (?<value>\\S+)");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

	/**
	 * Read the text format.
	 */
	static Scrape of(String text) {
		return new Scrape(
				text.lines().filter((line) -> !line.isBlank() && !line.startsWith("#")).map(Scrape::read).toList());
	}

	private static Series read(String line) {
		Matcher matcher = LINE.matcher(line);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("No series: " + line);
		}
		Map<String, String> labels = new HashMap<>(Map.of("job", "application", "instance", "localhost:8080"));
		if (matcher.group("labels") != null) {
			for (MatchResult label : LABEL.matcher(matcher.group("labels")).results().toList()) {
				labels.put(label.group(1), label.group(2));
			}
		}
		return new Series(matcher.group("name"), labels);
	}

	List<Series> named(String name) {
		return this.series.stream().filter((one) -> one.name().equals(name)).toList();
	}

	/**
	 * A name and its labels.
	 */
	record Series(String name, Map<String, String> labels) {

	}

}
