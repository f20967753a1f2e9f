package io.github.llmcache.sample.command;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The part of the input that this process works on, when several share one file: every so
 * many lines, from the first, second or a later one on.
 *
 * @param number which of the parts, from 1 on
 * @param count how many parts there are
 */
record Share(int number, int count) {

	static final Share ALL = new Share(1, 1);

	private static final Pattern FORM = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

	static Share parse(String text) {
		Matcher matcher = FORM.matcher(text);
		if (matcher.matches()) {
			Share share = new Share(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
			if (share.number >= 1 && share.number <= share.count) {
				return share;
			}
		}
		throw new UsageException("'" + text + "' is not a share; give two processes 1/2 and 2/2, for example");
	}

	<T> List<T> of(List<T> lines) {
		return IntStream.range(0, lines.size())
			.filter((index) -> index % this.count == this.number - 1)
			.mapToObj(lines::get)
			.toList();
	}

}
