package io.github.llmcache.sample.replay;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How requests are replayed.
 *
 * @param judge a judge, which is asked before serving, and about answers that the cache
 * cannot judge; {@code null} for none
 * @param judgeAnswers whether the judge is asked about all answers
 */
@ConfigurationProperties("sample.replay")
record ReplayProperties(@Nullable Judge judge, @DefaultValue("false") boolean judgeAnswers) {

	/**
	 * A judge that knows the keys.
	 *
	 * @param errorRate share of its verdicts that are wrong, between 0 and 1
	 */
	public record Judge(double errorRate) {

		private static final Pattern FORM = Pattern.compile("keys(?::(0(?:\\.\\d+)?|1(?:\\.0+)?))?");

		/**
		 * Read a judge.
		 * @param text {@code keys}, or {@code keys:} and the share of wrong verdicts
		 * @return the judge
		 */
		public static Judge valueOf(String text) {
			Matcher matcher = FORM.matcher(text);
			if (!matcher.matches()) {
				throw new IllegalArgumentException(
						"'" + text + "' is not a judge; give 'keys', or 'keys:0.02' for one that errs in 2 %");
			}
			return new Judge((matcher.group(1) != null) ? Double.parseDouble(matcher.group(1)) : 0);
		}

	}

}
